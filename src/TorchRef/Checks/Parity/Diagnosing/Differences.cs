using System.Globalization;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>What can be said of two arrays that differ, whatever they are.</summary>
internal static class Differences
{
    /// <summary>Single entries, digits of float32, factors by channel; null where it is none of these.</summary>
    public static Diagnosis? Of(StepPair pair, string name, double tolerance)
    {
        if (Few(pair, name) is { } few) return few;
        if (pair.Mine(name) is not { } actual || pair.Theirs(name) is not { } expected || !actual.shape.SequenceEqual(expected.shape)) return null;
        var (mine, theirs, where) = (Numbers.Of(actual), Numbers.Of(expected), pair.Step.Where);
        var (largest, wrong) = (Numbers.Largest(theirs), Wrong(pair, name, mine, theirs));
        var error = wrong.Count == 0 ? 0 : wrong.Max(i => Math.Abs(mine[i] - theirs[i]));
        if (pair.Type == ScalarType.Float64 && error <= 3e-6 * largest)
            return new Diagnosis(Cause.Precision, string.Create(CultureInfo.InvariantCulture, $"{name} has only the digits of float32: off by {error / largest:0.0E+0} of its largest value in float64 ({where}); something inside is rounded to float32"), name);
        if (actual.dim() < 2) return null;
        foreach (var partition in Partition.Of(actual.shape).Take(2).Where(one => one.Size > 1))
            if (Numbers.FactorPerGroup(mine, theirs, partition.Group, partition.Count, tolerance) is { } factors)
                return new Diagnosis(Cause.ChannelFactor, $"{name} is the right one times a factor of its own for {partition.Name}: {List(factors)} ({where})", name);
        return null;
    }

    /// <summary>All right but for a few entries; null where it isn't so, or where there are too few entries to say so.</summary>
    public static Diagnosis? Few(StepPair pair, string name)
    {
        if (pair.Mine(name) is not { } actual || pair.Theirs(name) is not { } expected || !actual.shape.SequenceEqual(expected.shape)) return null;
        var (mine, theirs) = (Numbers.Of(actual), Numbers.Of(expected));
        var wrong = Wrong(pair, name, mine, theirs);
        if (wrong.Count is 0 or > 3 || mine.Length < 4 * wrong.Count) return null;
        var places = string.Join(" and ", wrong.Select(i => $"[{string.Join(", ", Unravel(i, actual.shape))}]"));
        return new Diagnosis(Cause.SingleEntry, string.Create(CultureInfo.InvariantCulture, $"{name} is right but for {(wrong.Count == 1 ? "one entry" : $"{wrong.Count} entries")}, {places}: expected {theirs[wrong[0]]:G6} but got {mine[wrong[0]]:G6} ({pair.Step.Where})"), name);
    }

    private static List<int> Wrong(StepPair pair, string name, double[] mine, double[] theirs)
    {
        var allowed = pair.Allowances.GetValueOrDefault(name).In(pair.Type);
        return [.. Enumerable.Range(0, mine.Length).Where(i => !(Math.Abs(mine[i] - theirs[i]) <= allowed))];
    }

    /// <summary>How much the two have in common, for a reader who must go on by himself.</summary>
    public static string Correlation(StepPair pair, string name)
    {
        if (pair.Mine(name) is not { } actual || pair.Theirs(name) is not { } expected || !actual.shape.SequenceEqual(expected.shape)) return "nothing can be compared";
        var (mine, theirs) = (Numbers.Of(actual), Numbers.Of(expected));
        var (mean, right) = (mine.Average(), theirs.Average());
        var product = mine.Zip(theirs, (m, t) => (m - mean) * (t - right)).Sum();
        var norm = Math.Sqrt(mine.Sum(m => (m - mean) * (m - mean)) * theirs.Sum(t => (t - right) * (t - right)));
        var share = mine.Zip(theirs).Count(one => Math.Abs(one.First - one.Second) > 1e-9 * Numbers.Largest(theirs));
        return string.Create(CultureInfo.InvariantCulture, $"{share} of {mine.Length} elements differ, and the correlation with the right ones is {(norm == 0 ? 0 : product / norm):0.###}");
    }

    public static string List(IEnumerable<double> values)
    {
        var list = values.Where(value => !double.IsNaN(value)).ToList();
        return string.Join(", ", list.Take(4).Select(value => value.ToString("0.####", CultureInfo.InvariantCulture))) + (list.Count > 4 ? ", …" : "");
    }

    private static IEnumerable<long> Unravel(long position, long[] shape)
    {
        var index = new long[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--) (position, index[d]) = Math.DivRem(position, shape[d]);
        return index;
    }
}
