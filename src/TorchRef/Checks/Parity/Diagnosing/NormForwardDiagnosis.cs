using TorchRef.Checks.Reporting;

namespace TorchRef.Checks.Parity;

/// <summary>A normalisation's output that differs: parameters left out, ε elsewhere, another variance, other groups.</summary>
internal static class NormForwardDiagnosis
{
    public static Diagnosis? Of(NormView view, double[] mine, double tolerance) =>
        Parameters(view, mine, tolerance) ?? Statistics(view, mine, tolerance) ?? Grouping(view, mine, tolerance);

    /// <summary>The normalised input is right, what is made of it isn't.</summary>
    private static Diagnosis? Parameters(NormView view, double[] mine, double tolerance)
    {
        var (x, g, b, where) = (view.Normalized, view.Gamma, view.Beta, view.Pair.Step.Where);
        double[] Made(Func<double, double, double, double> formula) => [.. x.Select((value, i) => formula(value, g[i], b[i]))];
        var (scale, offset) = (view.GammaName ?? "γ", view.BetaName ?? "β");
        (Func<double, double, double, double> formula, Cause cause, string text, string? subject)[] guesses =
        [
            ((v, _, o) => v + o, Cause.ChannelFactor, $"γ ({scale}) isn't applied: the output is x̂ + β", scale),
            ((v, s, _) => s * v, Cause.ForwardDiffers, $"β ({offset}) isn't added: the output is γ·x̂", offset),
            ((v, _, _) => v, Cause.ForwardDiffers, $"neither γ ({scale}) nor β ({offset}) is applied: the output is x̂", scale),
            ((v, s, o) => o * v + s, Cause.Swapped, $"γ ({scale}) and β ({offset}) have changed places", scale),
            ((v, s, o) => s * (v + o), Cause.ForwardDiffers, $"β ({offset}) is added before γ ({scale}) multiplies: the output is γ·(x̂ + β)", offset),
            ((v, s, o) => s * v - o, Cause.ForwardDiffers, $"β ({offset}) is subtracted", offset),
            ((v, s, o) => (1 + s) * v + o, Cause.ForwardDiffers, $"the scale is 1 + γ in place of γ ({scale})", scale),
            ((v, s, o) => s * s * v + o, Cause.ChannelFactor, $"γ ({scale}) is applied twice", scale),
            ((v, s, o) => v / s + o, Cause.ChannelFactor, $"x̂ is divided by γ ({scale}) in place of multiplied", scale),
            ((v, s, o) => s * v + 2 * o, Cause.ForwardDiffers, $"β ({offset}) is added twice", offset),
        ];
        foreach (var (formula, cause, text, subject) in guesses)
            if (Numbers.Same(mine, Made(formula), tolerance)) return new Diagnosis(cause, $"{text} ({where})", subject);
        return null;
    }

    /// <summary>The candidate normalises the same groups, by another centre or another width.</summary>
    private static Diagnosis? Statistics(NormView view, double[] mine, double tolerance)
    {
        var normalized = mine.Select((value, i) => (value - view.Beta[i]) / view.Gamma[i]).ToArray();
        if (Numbers.LinePerGroup(view.Input, normalized, view.Partition.Group, view.Partition.Count, 10 * tolerance) is not { } line || line.slope.Any(slope => slope == 0)) return null;
        var centre = line.slope.Zip(line.offset, (slope, offset) => -offset / slope).ToArray();
        var (where, scale) = (view.Pair.Step.Where, view.Input.Max(Math.Abs));
        bool At(double[] place) => centre.Zip(place).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * scale);
        if (!At(view.Centre))
        {
            if (!view.OfBatch && At(view.Mean)) return new Diagnosis(Cause.EvalMode, $"evaluation subtracts the mean of the batch, not the running one ({where})", StepTrace.OutputName);
            if (view.OfBatch && Running(view, At) is { } running) return new Diagnosis(Cause.EvalMode, $"training subtracts {running}, not the mean of the batch ({where})", running);
            if (centre.All(value => Math.Abs(value) <= 1e-5 * scale)) return new Diagnosis(Cause.ForwardDiffers, $"the mean isn't subtracted ({where})", StepTrace.OutputName);
            return null;
        }
        return Width(view, [.. line.slope.Select(Math.Abs)], line.slope.All(slope => slope < 0), where);
    }

    private static string? Running(NormView view, Func<double[], bool> at)
    {
        foreach (var (name, _) in view.Pair.Reference.Buffers)
            // Before the update or after it.
            if (new[] { view.Pair.Reference.StateBefore.GetValueOrDefault(name), view.Pair.Reference.Buffers[name] }.Any(buffer => buffer?.numel() == view.Partition.Count && at(Numbers.Of(buffer)))) return name;
        return null;
    }

    private static Diagnosis? Width(NormView view, double[] slope, bool negative, string where)
    {
        if (negative && Near(slope, view.Slope)) return new Diagnosis(Cause.ConstantFactor, $"the normalised input has the wrong sign ({where})", StepTrace.OutputName, -1);
        // V: what the root is taken of. Ours is V = σ² + ε.
        var (v, right) = (slope.Select(one => 1 / (one * one)).ToArray(), view.Slope.Select(one => 1 / (one * one)).ToArray());
        var (variance, epsilon) = (view.OfBatch ? view.Variance : RunningVariance(view, right), view.Epsilon);
        if (variance is null) return null;
        if (!view.OfBatch) epsilon = right.Zip(variance, (one, other) => one - other).Average();
        var n = view.N;
        double[] Each(Func<double, double> formula) => [.. variance.Select(formula)];
        if (Near(v, Each(one => one))) return new Diagnosis(Cause.Epsilon, $"ε is missing: the divisor is √σ², not √(σ² + {ReportNumber.Of(epsilon)}) ({where})", StepTrace.OutputName);
        if (Near(v, Each(one => Math.Pow(Math.Sqrt(one) + epsilon, 2)))) return new Diagnosis(Cause.Epsilon, $"ε is outside of the root: the divisor is √σ² + {ReportNumber.Of(epsilon)}, not √(σ² + {ReportNumber.Of(epsilon)}) ({where})", StepTrace.OutputName);
        if (Near(v, Each(one => Math.Pow(Math.Sqrt(one + epsilon) + epsilon, 2)))) return new Diagnosis(Cause.Epsilon, $"ε is added twice, inside and outside of the root ({where})", StepTrace.OutputName);
        if (Near(v, Each(one => one * n / (n - 1) + epsilon))) return new Diagnosis(Cause.BiasedVariance, $"the unbiased variance (over n − 1) is taken where the biased one (over n) belongs ({where})", StepTrace.OutputName);
        if (Near(v, Each(one => one * (n - 1) / n + epsilon))) return new Diagnosis(Cause.BiasedVariance, $"the variance is n − 1 parts of n of what it must be: biased and unbiased are mixed up ({where})", StepTrace.OutputName);
        if (Near(v, Each(one => one * n / (n - 1)))) return new Diagnosis(Cause.BiasedVariance, $"the unbiased variance (over n − 1) is taken where the biased one (over n) belongs, and ε is missing ({where})", StepTrace.OutputName);
        if (Near(v, Each(one => (one + epsilon) * (one + epsilon)))) return new Diagnosis(Cause.ForwardDiffers, $"it is divided by the variance, not by its root ({where})", StepTrace.OutputName);
        if (Near(v, Each(_ => 1))) return new Diagnosis(Cause.ForwardDiffers, $"it isn't divided by the deviation ({where})", StepTrace.OutputName);
        var other = v.Zip(variance, (one, two) => one - two).ToArray();
        if (other.Max() - other.Min() <= 1e-4 * Math.Abs(other.Average()) && other.Average() > 0)
            return new Diagnosis(Cause.Epsilon, $"ε is {ReportNumber.Of(other.Average())} in place of {ReportNumber.Of(epsilon)} ({where})", StepTrace.OutputName, other.Average() / epsilon);
        if (!view.OfBatch && Near(v, [.. view.Variance.Select(one => one + epsilon)])) return new Diagnosis(Cause.EvalMode, $"evaluation divides by the deviation of the batch, not by the running one ({where})", StepTrace.OutputName);
        var ratio = slope.Zip(view.Slope, (one, two) => one / two).ToArray();
        return ratio.Max() - ratio.Min() <= 1e-5 * ratio.Max()
            ? new Diagnosis(Cause.ConstantFactor, $"the normalised input is the right one times {new FactorNames(view.Pair.Reference.Inputs[0].shape).Describe(ratio[0])} ({where})", StepTrace.OutputName, ratio[0])
            : null;
    }

    /// <summary>The buffer that V is made of, but for a constant.</summary>
    private static double[]? RunningVariance(NormView view, double[] v)
    {
        foreach (var (name, _) in view.Pair.Reference.Buffers)
        {
            if (!view.Pair.Reference.StateBefore.TryGetValue(name, out var before) || before.numel() != v.Length || !before.is_floating_point()) continue;
            var values = Numbers.Of(before);
            var rest = v.Zip(values, (one, other) => one - other).ToArray();
            if (rest.Max() - rest.Min() <= 1e-6 * v.Max()) return values;
        }
        return null;
    }

    /// <summary>The candidate normalises other groups.</summary>
    private static Diagnosis? Grouping(NormView view, double[] mine, double tolerance)
    {
        var normalized = mine.Select((value, i) => (value - view.Beta[i]) / view.Gamma[i]).ToArray();
        foreach (var partition in Partition.Of(view.Pair.Reference.Inputs[0].shape))
        {
            if (partition.Name == view.Partition.Name || partition.Size < 3) continue;
            if (Numbers.LinePerGroup(view.Input, normalized, partition.Group, partition.Count, 10 * tolerance) is null) continue;
            return new Diagnosis(Cause.WrongReduction, $"mean and variance are taken over {partition.Name}, and must be taken over {view.Partition.Name} ({view.Pair.Step.Where})", StepTrace.OutputName);
        }
        return null;
    }

    private static bool Near(double[] one, double[] other) => one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-6 * Math.Abs(pair.Second));
}
