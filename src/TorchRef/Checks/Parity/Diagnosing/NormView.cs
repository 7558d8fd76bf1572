using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>The reference seen as a normalisation: y = γ·(x − centre)·slope + β within each group, if that is what it does.</summary>
internal sealed class NormView
{
    private NormView(StepPair pair, Partition partition) => (Pair, Partition) = (pair, partition);

    public StepPair Pair { get; }

    public Partition Partition { get; }

    public double[] Input { get; private init; } = [];

    /// <summary>(x − centre)·slope, element by element.</summary>
    public double[] Normalized { get; private init; } = [];

    /// <summary>γ for each element; ones without it.</summary>
    public double[] Gamma { get; private init; } = [];

    /// <summary>β for each element; zeros without it.</summary>
    public double[] Beta { get; private init; } = [];

    public string? GammaName { get; private init; }

    public string? BetaName { get; private init; }

    public double[] Slope { get; private init; } = [];

    public double[] Centre { get; private init; } = [];

    /// <summary>The mean of each group of the batch.</summary>
    public double[] Mean { get; private init; } = [];

    /// <summary>The biased variance of each group of the batch.</summary>
    public double[] Variance { get; private init; } = [];

    /// <summary>Whether centre and slope are the batch's own statistics.</summary>
    public bool OfBatch { get; private init; }

    /// <summary>ε, where the statistics are the batch's.</summary>
    public double Epsilon { get; private init; }

    /// <summary>Values per group.</summary>
    public double N => Partition.Size;

    public static NormView? Of(StepPair pair, double tolerance)
    {
        var (trace, input) = (pair.Reference, pair.Reference.Inputs.FirstOrDefault());
        if (trace.Output is not { } output || input is null || trace.Inputs.Length != 1 || !output.shape.SequenceEqual(input.shape) || !output.is_floating_point() || !input.is_floating_point()) return null;
        var names = trace.ParameterGradients.Keys.ToList();
        var gammaName = names.FirstOrDefault(name => name.EndsWith("weight", StringComparison.Ordinal) || name.EndsWith("gamma", StringComparison.Ordinal));
        var betaName = names.FirstOrDefault(name => name.EndsWith("bias", StringComparison.Ordinal) || name.EndsWith("beta", StringComparison.Ordinal));
        if (names.Count > 2 || names.Count != (gammaName is null ? 0 : 1) + (betaName is null ? 0 : 1)) return null;
        var (x, y) = (Numbers.Of(input), Numbers.Of(output));
        foreach (var along in new[] { 1, -1 })
        {
            if (Expand(trace, gammaName, input.shape, along, 1) is not { } gamma || Expand(trace, betaName, input.shape, along, 0) is not { } beta) continue;
            if (gamma.Any(value => value == 0)) return null;
            var normalized = y.Select((value, i) => (value - beta[i]) / gamma[i]).ToArray();
            foreach (var partition in Partition.Of(input.shape))
                if (Fit(pair, partition, x, normalized, tolerance) is { } view)
                    return new NormView(pair, partition)
                    {
                        Input = x,
                        Normalized = normalized,
                        Gamma = gamma,
                        Beta = beta,
                        GammaName = gammaName,
                        BetaName = betaName,
                        Slope = view.slope,
                        Centre = view.centre,
                        Mean = view.mean,
                        Variance = view.variance,
                        OfBatch = view.ofBatch,
                        Epsilon = view.epsilon,
                    };
        }
        return null;
    }

    /// <summary>A value per group for each element.</summary>
    public double[] Spread(double[] perGroup) => [.. Partition.Group.Select(group => perGroup[group])];

    /// <summary>The mean of each group.</summary>
    public double[] Average(double[] values)
    {
        var sums = new double[Partition.Count];
        for (var i = 0; i < values.Length; i++) sums[Partition.Group[i]] += values[i] / Partition.Size;
        return sums;
    }

    private static (double[] slope, double[] centre, double[] mean, double[] variance, bool ofBatch, double epsilon)? Fit(StepPair pair, Partition partition, double[] x, double[] normalized, double tolerance)
    {
        if (Numbers.LinePerGroup(x, normalized, partition.Group, partition.Count, tolerance) is not { } line || line.slope.Any(slope => slope <= 0)) return null;
        var centre = line.slope.Zip(line.offset, (slope, offset) => -offset / slope).ToArray();
        var (mean, variance) = (new double[partition.Count], new double[partition.Count]);
        for (var i = 0; i < x.Length; i++) mean[partition.Group[i]] += x[i] / partition.Size;
        for (var i = 0; i < x.Length; i++) variance[partition.Group[i]] += Math.Pow(x[i] - mean[partition.Group[i]], 2) / partition.Size;
        var epsilons = line.slope.Zip(variance, (slope, one) => 1 / (slope * slope) - one).ToArray();
        var largest = line.slope.Max(slope => 1 / (slope * slope));
        var ofBatch = centre.Zip(mean, (c, m) => Math.Abs(c - m)).Max() <= 1e3 * tolerance * x.Max(Math.Abs)
            && epsilons.Max() - epsilons.Min() <= 1e3 * tolerance * largest;
        // Without the batch's own statistics it may still be a normalisation by running ones, which are those of channels.
        if (!ofBatch && (pair.Step.Training || partition.Name != Partition.EachChannel)) return null;
        return (line.slope, centre, mean, variance, ofBatch, ofBatch ? epsilons.Average() : 0);
    }

    private static double[]? Expand(StepTrace trace, string? name, long[] shape, int along, double without)
    {
        var total = (int)shape.Aggregate(1L, (product, size) => product * size);
        if (name is null) return [.. Enumerable.Repeat(without, total)];
        if (!trace.StateBefore.TryGetValue(name, out var parameter)) return null;
        using var scope = NewDisposeScope();
        var values = parameter.detach();                        // (C) or the last dimensions
        if (along == 1)
        {
            if (values.dim() != 1 || values.numel() != shape[1]) return null;
            values = values.view([1, -1, .. Enumerable.Repeat(1L, shape.Length - 2)]); // [1, C, 1, …]
        }
        else if (values.dim() > shape.Length || !shape[(int)(shape.Length - values.dim())..].SequenceEqual(values.shape))
        {
            return null;
        }
        return Numbers.Of(values.expand(shape));
    }
}
