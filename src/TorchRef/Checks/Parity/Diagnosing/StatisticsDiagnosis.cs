using System.Globalization;

namespace TorchRef.Checks.Parity;

/// <summary>Running statistics that move otherwise than the reference's.</summary>
internal static class StatisticsDiagnosis
{
    public static Diagnosis? Of(ParityEvidence evidence)
    {
        var pairs = evidence.Training.Where(pair => pair.Differing.Any(name => pair.Reference.Buffers.ContainsKey(name))).ToList();
        if (pairs.Count == 0) return null;
        var names = pairs.SelectMany(pair => pair.Differing.Where(name => pair.Reference.Buffers.ContainsKey(name))).Distinct().ToList();
        var statistics = names.Where(name => pairs[0].Reference.Buffers[name].is_floating_point()).ToList();
        foreach (var name in statistics)
            if (OfStatistic(evidence, pairs, name) is { } diagnosis) return diagnosis;
        if (statistics.Count > 0) return new Diagnosis(Cause.StatisticsUpdates, $"{string.Join(", ", statistics)} moves otherwise than the reference's ({pairs[0].Step.Where}), in no way that is known", statistics[0]);
        return OfCounter(pairs, names[0]);
    }

    private static Diagnosis OfCounter(List<StepPair> pairs, string name)
    {
        var pair = pairs.First(one => one.Differing.Contains(name));
        var (mine, theirs) = (Steps(pair.Candidate, name), Steps(pair.Reference, name));
        return new Diagnosis(Cause.Counter, string.Create(CultureInfo.InvariantCulture, $"{name} must go up by {theirs:0.###} in {pair.Step.Where} but {(mine == 0 ? "doesn't move" : $"goes up by {mine:0.###}")}"), name);
    }

    private static double Steps(StepTrace trace, string name) => Numbers.Of(trace.Buffers[name])[0] - Numbers.Of(trace.StateBefore[name])[0];

    private static Diagnosis? OfStatistic(ParityEvidence evidence, List<StepPair> pairs, string name)
    {
        foreach (var pair in pairs.Where(pair => pair.Differing.Contains(name)))
        {
            var old = Numbers.Of(pair.Reference.StateBefore[name]);
            var (mine, theirs) = (Numbers.Of(pair.Candidate.Buffers[name]), Numbers.Of(pair.Reference.Buffers[name]));
            if (Statistics(pair, old.Length) is not { } batch) continue;
            var right = batch.Select(one => (one.name, fit: Mix(old, one.values, theirs, evidence.Tolerance))).FirstOrDefault(one => one.fit is { } fit && fit.newest != 0 && Math.Abs(fit.old + fit.newest - 1) < 1e-4);
            if (right.fit is not { } expected) continue;
            var where = pair.Step.Where;
            if (Numbers.Same(mine, old, 1e-12)) return new Diagnosis(Cause.StatisticsUpdates, $"{name} never moves in training ({where}): it must become {Share(expected.old)}·old + {Share(expected.newest)}·{right.name}", name);
            // Shares that add up to 1 are the better explanation; then the right statistic.
            var fits = batch.Select(one => (one.name, fit: Mix(old, one.values, mine, evidence.Tolerance))).Where(one => one.fit is { newest: not 0 })
                .OrderBy(one => Math.Abs(one.fit!.Value.old + one.fit.Value.newest - 1) > 1e-4).ThenBy(one => one.name != right.name);
            foreach (var (batchName, fit) in fits)
                if (Describe(name, right.name, expected, batchName, fit!.Value, where) is { } diagnosis) return diagnosis;
        }
        return null;
    }

    private static Diagnosis? Describe(string name, string right, (double old, double newest) expected, string found, (double old, double newest) actual, string where)
    {
        var rule = $"it becomes {Share(actual.old)}·old + {Share(actual.newest)}·{found}, and must become {Share(expected.old)}·old + {Share(expected.newest)}·{right} ({where})";
        if (found != right && Near(actual.old, expected.old) && Near(actual.newest, expected.newest))
            return new Diagnosis(Cause.BiasedVariance, $"{name} takes the {found} for the {right}: {rule}", name);
        if (found != right && !(found.Contains("variance", StringComparison.Ordinal) && right.Contains("variance", StringComparison.Ordinal))) return null;
        if (Near(actual.old, expected.newest) && Near(actual.newest, expected.old))
            return new Diagnosis(Cause.MomentumConvention, $"{name} has old and new changed places, momentum m for 1 − m: {rule}", name, actual.newest);
        for (var times = 2; times <= 4; times++)
            if (Near(actual.old, Math.Pow(expected.old, times)) && Near(actual.newest, 1 - Math.Pow(expected.old, times)))
                return new Diagnosis(Cause.StatisticsUpdates, $"{name} is updated {(times == 2 ? "twice" : times == 3 ? "three times" : "four times")} in a step: {rule}", name);
        if (found == right && Near(actual.old, 1) && Near(actual.newest, expected.newest))
            return new Diagnosis(Cause.MomentumConvention, $"{name} adds up: the old value isn't made smaller; {rule}", name, actual.newest);
        return new Diagnosis(
            Cause.MomentumConvention, $"{name} moves with an effective momentum of {Share(actual.newest)} where the reference's is {Share(expected.newest)}: {rule}", name, actual.newest);
    }

    /// <summary>result = old·(…) + newest·(…), if so.</summary>
    private static (double old, double newest)? Mix(double[] old, double[] batch, double[] result, double tolerance)
    {
        if (Numbers.Combination([old, batch], result, Math.Max(tolerance, 1e-9)) is { } both) return (both[0], both[1]);
        // Two channels, or an old value of zeros: with the sum of both known to be 1 a single one is enough.
        var (difference, step) = (batch.Zip(old, (b, o) => b - o).ToArray(), result.Zip(old, (r, o) => r - o).ToArray());
        return Numbers.Factor(step, difference, Math.Max(tolerance, 1e-9)) is { } momentum && old.Length > 1 ? (1 - momentum, momentum) : null;
    }

    private static IReadOnlyList<(string name, double[] values)>? Statistics(StepPair pair, int channels)
    {
        if (pair.Reference.Inputs.Length != 1 || pair.Reference.Inputs[0] is not { } input || input.dim() < 2 || !input.is_floating_point()) return null;
        var partition = Partition.Of(input.shape).FirstOrDefault(one => one.Count == channels);
        if (partition is null || partition.Size < 2) return null;
        var (x, n) = (Numbers.Of(input), (double)partition.Size);
        var (mean, variance) = (new double[channels], new double[channels]);
        for (var i = 0; i < x.Length; i++) mean[partition.Group[i]] += x[i] / n;
        for (var i = 0; i < x.Length; i++) variance[partition.Group[i]] += Math.Pow(x[i] - mean[partition.Group[i]], 2) / n;
        var batch = input.shape[0];
        var list = new List<(string, double[])>
        {
            ("mean of the batch", mean),
            ("unbiased variance (over n − 1)", [.. variance.Select(value => value * n / (n - 1))]),
            ("biased variance (over n)", variance),
            ("standard deviation of the batch", [.. variance.Select(Math.Sqrt)]),
        };
        // In images n counts places too; the batch's size alone is a mistake that people make.
        if (batch > 1 && batch != n) list.Add(("variance times N/(N − 1), N the size of the batch alone,", [.. variance.Select(value => value * batch / (batch - 1))]));
        return list;
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) <= 1e-5 * Math.Max(1, Math.Abs(other));

    private static string Share(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
}
