using TorchRef.Checks.Reporting;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Gradients of a normalisation that differ: ∂L/∂x = s·(g' − mean(g') − x̂·mean(g'·x̂)) with g' = γ·g, and ∂L/∂γ = Σ g·x̂.</summary>
internal static class NormGradientDiagnosis
{
    public static Diagnosis? OfInput(NormView view, double[] mine, double[] theirs, double tolerance)
    {
        var name = view.Pair.Reference.InputGradientName(0);
        var cotangent = Numbers.Of(view.Pair.Reference.Cotangent!);
        var scaled = cotangent.Select((value, i) => value * view.Gamma[i]).ToArray();
        if (!view.OfBatch) return InEvaluation(view, name, mine, theirs, tolerance);
        if (Terms(view, scaled, theirs, tolerance) is not { } right) return null;
        if (Terms(view, scaled, mine, tolerance) is { } actual) return Describe(view, name, actual, right);
        return view.GammaName is not null && Terms(view, cotangent, mine, tolerance) is not null
            ? new Diagnosis(Cause.ChannelFactor, $"{name} is computed without γ ({view.GammaName}) ({view.Pair.Step.Where})", view.GammaName)
            : null;
    }

    public static Diagnosis? OfParameter(NormView view, string name, double[] mine, double[] theirs, double tolerance)
    {
        var where = view.Pair.Step.Where;
        var parameter = name["gradient of ".Length..];
        var shape = view.Pair.Reference.StateBefore[parameter].shape;
        var cotangent = view.Pair.Reference.Cotangent!;         // (N, C, …)
        bool Is(double[] values) => Numbers.Same(mine, Reduce(cotangent, values, shape), tolerance) && !Numbers.Same(theirs, Reduce(cotangent, values, shape), tolerance);
        var ones = Enumerable.Repeat(1.0, view.Input.Length).ToArray();
        if (parameter == view.GammaName)
        {
            if (Is(Numbers.Of(view.Pair.Reference.Output!))) return new Diagnosis(Cause.OutputInsteadOfNormalized, $"{name} is Σ g·y, from the output, and must be Σ g·x̂, from the normalised input ({where})", parameter);
            if (Is([.. view.Normalized.Zip(view.Gamma, (v, g) => v * g)])) return new Diagnosis(Cause.OutputInsteadOfNormalized, $"{name} is Σ g·γ·x̂ and must be Σ g·x̂: it is taken from the scaled input ({where})", parameter);
            if (Is(view.Input)) return new Diagnosis(Cause.OutputInsteadOfNormalized, $"{name} is Σ g·x, from the input as it came, and must be Σ g·x̂ ({where})", parameter);
            if (Is([.. view.Input.Zip(view.Spread(view.Centre), (x, c) => x - c)])) return new Diagnosis(Cause.ChannelFactor, $"{name} is Σ g·(x − μ): the division by √(σ² + ε) is missing ({where})", parameter);
            if (Is(ones)) return new Diagnosis(Cause.Swapped, $"{name} is Σ g, which is that of β, and must be Σ g·x̂ ({where})", parameter);
            if (Is([.. view.Normalized.Select((v, i) => v * Math.Sqrt((view.Variance[view.Partition.Group[i]] + view.Epsilon) / view.Variance[view.Partition.Group[i]]))]))
                return new Diagnosis(Cause.Epsilon, $"{name} is taken from an x̂ without ε ({where})", parameter);
        }
        if (parameter == view.BetaName)
        {
            if (Is(view.Normalized)) return new Diagnosis(Cause.Swapped, $"{name} is Σ g·x̂, which is that of γ, and must be Σ g ({where})", parameter);
            if (Is(view.Gamma)) return new Diagnosis(Cause.ChannelFactor, $"{name} is Σ g·γ and must be Σ g ({where})", parameter);
        }
        if (shape.Length == 1 && cotangent.dim() > 2) return Partial(view, name, parameter, mine, cotangent);
        return null;
    }

    /// <summary>Sums over the batch only, at one place.</summary>
    private static Diagnosis? Partial(NormView view, string name, string parameter, double[] mine, Tensor cotangent)
    {
        var factor = parameter == view.GammaName ? view.Normalized : [.. Enumerable.Repeat(1.0, view.Input.Length)];
        using var scope = NewDisposeScope();
        var terms = (Allowance.InFloat64(cotangent) * tensor(factor, ScalarType.Float64).view(cotangent.shape)).sum([0L]).flatten(1); // [C, S]
        for (var place = 0L; place < terms.shape[1]; place++)
            if (Numbers.Same(mine, Numbers.Of(terms.select(1, place)), 1e-7))
                return new Diagnosis(Cause.WrongReduction, $"{name} is summed over the batch only, not over the places of a channel ({view.Pair.Step.Where})", parameter);
        return null;
    }

    private static Diagnosis? InEvaluation(NormView view, string name, double[] mine, double[] theirs, double tolerance)
    {
        if (Numbers.FactorPerGroup(mine, theirs, view.Partition.Group, view.Partition.Count, tolerance) is { } factors) return Factors(view, name, factors);
        return new Diagnosis(Cause.EvalMode, $"{name} in evaluation depends on the rest of the batch ({view.Pair.Step.Where}): running statistics are constants there, and have no terms of their own", name);
    }

    /// <summary>For each group the a, b, c with gradient = a·g' + b + c·x̂.</summary>
    private static (double[] a, double[] b, double[] c)? Terms(NormView view, double[] scaled, double[] gradient, double tolerance)
    {
        var count = view.Partition.Count;
        if (view.Partition.Size < 4) return null;
        var (a, b, c) = (new double[count], new double[count], new double[count]);
        var bound = tolerance * Numbers.Largest(gradient);
        for (var group = 0; group < count; group++)
        {
            int[] members = [.. Enumerable.Range(0, scaled.Length).Where(i => view.Partition.Group[i] == group)];
            double[] Of(double[] values) => [.. members.Select(i => values[i])];
            double[][] columns = [Of(scaled), [.. members.Select(_ => 1.0)], Of(view.Normalized)];
            // Against the largest of the whole tensor: a group of small gradients needn't have as many digits.
            var target = Of(gradient);
            if (Numbers.Combination(columns, target, Math.Max(tolerance, bound / Math.Max(double.Epsilon, Numbers.Largest(target)))) is not { } fit) return null;
            (a[group], b[group], c[group]) = (fit[0], fit[1], fit[2]);
        }
        return (a, b, c);
    }

    private static Diagnosis? Describe(NormView view, string name, (double[] a, double[] b, double[] c) actual, (double[] a, double[] b, double[] c) right)
    {
        var where = view.Pair.Step.Where;
        var (fa, fb, fc) = (Ratio(actual.a, right.a), Ratio(actual.b, right.b), Ratio(actual.c, right.c));
        var names = new FactorNames(view.Pair.Reference.Inputs[0].shape).With(view.N / (view.N - 1), "n/(n − 1)").With((view.N - 1) / view.N, "(n − 1)/n");
        if (fa.All(one => Math.Abs(one - 1) < 1e-6))
        {
            // Terms that are right but for round-off say that the mistake is elsewhere.
            if (fb.Concat(fc).Where(double.IsFinite).All(one => Math.Abs(one - 1) < 1e-4)) return null;
            var (mean, variance) = (Constant(fb), Constant(fc));
            if (mean is { } m && variance is { } v)
            {
                if (Math.Abs(m) < 1e-6 && Math.Abs(v) < 1e-6) return new Diagnosis(Cause.DetachedStatistics, $"{name} takes mean and variance for constants: both of their terms are missing ({where})", name);
                if (Math.Abs(v - 1) < 1e-6) return Term(Cause.MeanTerm, "mean", "− mean(γ·g)", m);
                if (Math.Abs(m - 1) < 1e-6) return Term(Cause.VarianceTerm, "variance", "− x̂·mean(γ·g·x̂)", v);
                if (Math.Abs(m - v) < 1e-6) return new Diagnosis(Cause.BiasedVariance, $"{name} has both of its mean terms times {names.Describe(m)} ({where}): the means in backward must be over n as in forward", name, m);
            }
            return mean is { } same && Math.Abs(same - 1) < 1e-6
                ? new Diagnosis(Cause.VarianceTerm, $"{name}: the term by which the variance depends on the input is wrong, by factors {Differences.List(fc)} ({where})", name)
                : new Diagnosis(Cause.MeanTerm, $"{name}: the term by which the mean depends on the input is wrong, by factors {Differences.List(fb)} ({where})", name);
        }
        return fa.Zip(fb).All(one => Math.Abs(one.First - one.Second) < 1e-4 * Math.Abs(one.First)) ? Factors(view, name, fa) : null;

        Diagnosis Term(Cause cause, string of, string formula, double factor) => Math.Abs(factor) < 1e-6
            ? new Diagnosis(cause, $"{name}: the term by which the {of} depends on the input, {formula}, is missing ({where})", name)
            : new Diagnosis(cause, $"{name}: the term by which the {of} depends on the input, {formula}, is there times {names.Describe(factor)} ({where})", name, factor);
    }

    private static Diagnosis Factors(NormView view, string name, double[] factors)
    {
        var where = view.Pair.Step.Where;
        bool Are(Func<int, double> guess) => Enumerable.Range(0, factors.Length).All(g => Math.Abs(factors[g] - guess(g)) <= 1e-5 * Math.Abs(guess(g)));
        var gamma = Enumerable.Range(0, factors.Length).Select(g => view.Gamma[Array.IndexOf(view.Partition.Group, g)]).ToArray();
        double Inside(int g) => 1 / (view.Slope[g] * view.Slope[g]);
        if (view.GammaName is not null && Are(g => 1 / gamma[g])) return new Diagnosis(Cause.ChannelFactor, $"{name} is computed without γ ({view.GammaName}) ({where})", view.GammaName);
        if (view.GammaName is not null && Are(g => gamma[g])) return new Diagnosis(Cause.ChannelFactor, $"{name} has γ ({view.GammaName}) twice ({where})", view.GammaName);
        if (Are(g => 1 / view.Slope[g])) return new Diagnosis(Cause.ChannelFactor, $"{name} isn't divided by √(σ² + ε) ({where})", name);
        if (Are(g => view.Slope[g])) return new Diagnosis(Cause.ChannelFactor, $"{name} is divided by √(σ² + ε) twice ({where})", name);
        if (view.OfBatch)
        {
            if (Are(g => Math.Sqrt(Inside(g) / view.Variance[g]))) return new Diagnosis(Cause.Epsilon, $"{name} is computed with an inverse deviation without ε ({where})", name);
            if (Are(g => Math.Sqrt(Inside(g)) / (Math.Sqrt(view.Variance[g]) + view.Epsilon))) return new Diagnosis(Cause.Epsilon, $"{name} is computed with ε outside of the root ({where})", name);
            var others = Enumerable.Range(0, factors.Length).Select(g => Inside(g) / (factors[g] * factors[g]) - view.Variance[g]).ToArray();
            if (others.Max() - others.Min() <= 1e-3 * Math.Abs(others.Average())) return new Diagnosis(Cause.Epsilon, $"{name} is computed with ε = {ReportNumber.Of(others.Average())} in place of {ReportNumber.Of(view.Epsilon)} ({where})", name);
        }
        return new Diagnosis(Cause.ChannelFactor, $"{name} is the right one times a factor of its own for {view.Partition.Name}: {Differences.List(factors)} ({where})", name);
    }

    private static double[] Ratio(double[] actual, double[] right) => [.. actual.Zip(right, (one, other) => other == 0 ? double.NaN : one / other)];

    private static double? Constant(double[] ratios)
    {
        var known = ratios.Where(double.IsFinite).ToList();
        return known.Count > 0 && known.Max() - known.Min() <= 1e-5 * Math.Max(1, Math.Abs(known[0])) ? known.Average() : null;
    }

    /// <summary>Σ g·values over all but the parameter's dimensions.</summary>
    private static double[] Reduce(Tensor cotangent, double[] values, long[] shape)
    {
        using var scope = NewDisposeScope();
        var terms = Allowance.InFloat64(cotangent) * tensor(values, ScalarType.Float64).view(cotangent.shape); // (N, C, …)
        // Channels where there are some, else the last dimensions.
        if (shape.Length == 1 && cotangent.shape[1] == shape[0]) return Numbers.Of(terms.sum([.. Enumerable.Range(0, (int)terms.dim()).Where(d => d != 1).Select(d => (long)d)]));
        return Numbers.Of(terms.sum([.. Enumerable.Range(0, (int)terms.dim() - shape.Length).Select(d => (long)d)]));
    }
}
