using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>How many elements are how many units in the last place apart, in buckets 0, 1, 2, 3–4, 5–8, …</summary>
/// <remarks>What no distance describes is counted by itself: NaN or infinity on one side only, and signs that differ.</remarks>
public sealed class UlpHistogram
{
    private const int Buckets = 66;

    private readonly long[] _counts = new long[Buckets];

    /// <summary>Elements that were compared.</summary>
    public long Total { get; private set; }

    /// <summary>The largest distance among those that have one.</summary>
    public ulong Largest { get; private set; }

    /// <summary>NaN on one side only.</summary>
    public long NaNMismatches { get; private set; }

    /// <summary>An infinity on one side only, or infinities of both signs.</summary>
    public long InfinityMismatches { get; private set; }

    /// <summary>Positive on one side, negative on the other.</summary>
    public long SignMismatches { get; private set; }

    /// <summary>The share of elements that are at most that far apart; 1 where there are none.</summary>
    public double ShareWithin(ulong distance) => Total == 0 ? 1 : (double)_counts.Take(Bucket(distance) + 1).Sum() / Total;

    /// <summary>Labels and counts, from 0 to the largest distance that occurs, and what has no distance where there is some.</summary>
    public IReadOnlyList<(string label, long count)> Bars
    {
        get
        {
            var bars = new List<(string, long)>();
            for (var i = 0; i <= Array.FindLastIndex(_counts, count => count > 0); i++) bars.Add((Label(i), _counts[i]));
            if (SignMismatches > 0) bars.Add(("other sign", SignMismatches));
            if (InfinityMismatches > 0) bars.Add(("infinity", InfinityMismatches));
            if (NaNMismatches > 0) bars.Add(("NaN", NaNMismatches));
            return bars;
        }
    }

    /// <summary>The histogram of two tensors.</summary>
    /// <exception cref="ArgumentException">Shapes or element types differ, or they aren't of floating-point numbers.</exception>
    public static UlpHistogram Of(Tensor actual, Tensor expected)
    {
        var histogram = new UlpHistogram();
        histogram.Add(actual, expected);
        return histogram;
    }

    /// <summary>Counts two further tensors, of one floating-point type and shape.</summary>
    /// <exception cref="ArgumentException">Shapes or element types differ, or they aren't of floating-point numbers.</exception>
    public void Add(Tensor actual, Tensor expected)
    {
        if (actual.dtype != expected.dtype) throw new ArgumentException($"units in the last place are those of one element type: expected {expected.dtype} but got {actual.dtype}");
        if (!actual.shape.SequenceEqual(expected.shape)) throw new ArgumentException($"elements are compared one by one: expected shape [{string.Join(", ", expected.shape)}] but got [{string.Join(", ", actual.shape)}]");
        Ulps.AtOne(actual.dtype);
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var (mine, theirs) = (Values(actual), Values(expected));
        for (var i = 0; i < mine.Length; i++) Add(mine[i], theirs[i], actual.dtype);
    }

    private void Add(double actual, double expected, ScalarType type)
    {
        Total++;
        if (double.IsNaN(actual) != double.IsNaN(expected)) NaNMismatches++;
        else if (double.IsInfinity(actual) != double.IsInfinity(expected) || (double.IsInfinity(actual) && actual != expected)) InfinityMismatches++;
        else if (actual * (double)Math.Sign(double.IsNaN(expected) ? 0 : expected) < 0) SignMismatches++;
        else
        {
            var distance = Ulps.Between(actual, expected, type);
            _counts[Bucket(distance)]++;
            Largest = Math.Max(Largest, distance);
        }
    }

    private static int Bucket(ulong distance) => distance <= 1 ? (int)distance : 65 - BitOperations.LeadingZeroCount(distance - 1);

    private static string Label(int bucket) => bucket switch
    {
        <= 2 => bucket.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(1UL << (bucket - 2)) + 1}–{(bucket - 1 < 64 ? 1UL << (bucket - 1) : ulong.MaxValue)}"),
    };

    private static double[] Values(Tensor tensor)
    {
        using var data = tensor.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>();
        return data.ToArray();
    }
}
