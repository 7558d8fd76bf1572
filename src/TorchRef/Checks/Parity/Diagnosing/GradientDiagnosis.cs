using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Gradients that differ where the output is right.</summary>
internal static class GradientDiagnosis
{
    public static Diagnosis? Of(ParityEvidence evidence)
    {
        foreach (var pair in evidence.Steps.OrderByDescending(pair => pair.Step.Training))
        {
            var names = pair.Differing.Where(name => name.StartsWith("gradient of ", StringComparison.Ordinal)).ToList();
            if (names.Count == 0 || pair.OutputDiffers) continue;
            return Missing(pair, names) ?? Swapped(pair, names, evidence.Tolerance) ?? names.Select(name => Differences.Few(pair, name)).FirstOrDefault(diagnosis => diagnosis is not null) ?? Unsteady(evidence, pair, names)
                ?? names.Select(name => One(evidence, pair, name)).FirstOrDefault(diagnosis => diagnosis is not null)
                ?? names.Select(name => Differences.Of(pair, name, evidence.Tolerance)).FirstOrDefault(diagnosis => diagnosis is not null)
                ?? new Diagnosis(Cause.Unknown, $"{names[0]} is wrong ({pair.Step.Where}), in no way that is known: {Differences.Correlation(pair, names[0])}", names[0]);
        }
        return null;
    }

    private static Diagnosis? Missing(StepPair pair, List<string> names)
    {
        foreach (var name in names)
        {
            if (pair.Theirs(name) is null || (pair.Mine(name) is { } mine && Allowance.LargestOf(mine) > 0)) continue;
            return new Diagnosis(Cause.MissingGradient, $"{name} is {(pair.Mine(name) is null ? "missing (null)" : "all zero")} in {pair.Step.Where}, where the reference's isn't: the path to it is cut, or backward returns nothing for it", name);
        }
        return null;
    }

    private static Diagnosis? Swapped(StepPair pair, List<string> names, double tolerance)
    {
        foreach (var one in names)
            foreach (var other in names.Where(name => string.CompareOrdinal(name, one) > 0))
                if (Equal(pair.Mine(one), pair.Theirs(other), tolerance) && Equal(pair.Mine(other), pair.Theirs(one), tolerance))
                    return new Diagnosis(Cause.Swapped, $"{one} and {other} have changed places ({pair.Step.Where})", one);
        foreach (var name in names)
            if (pair.Mine(name) is { } mine && pair.Theirs(name) is { } theirs && mine.dim() == 2 && mine.shape[0] == mine.shape[1] && Equal(mine, theirs.t(), tolerance))
                return new Diagnosis(Cause.Transposed, $"{name} is the transpose of what it must be ({pair.Step.Where})", name);
        return null;
    }

    /// <summary>Whether it answers the incoming gradient as it must: linearly, and the same each time.</summary>
    private static Diagnosis? Unsteady(ParityEvidence evidence, StepPair pair, List<string> names)
    {
        var again = evidence.Repeat(pair);
        var other = evidence.Repeat(pair, changeCotangent: cotangent => ParityBench.Normal(cotangent.shape, pair.Step.Seed + 77).to_type(cotangent.dtype).to(cotangent.device));
        var twice = evidence.Repeat(pair, changeCotangent: cotangent => cotangent * 2);
        foreach (var name in names)
        {
            if (pair.Mine(name) is null || Find(again, name) is not { } repeated || Find(other, name) is not { } changed || Find(twice, name) is not { } doubled) continue;
            var (first, second) = (Numbers.Of(pair.Mine(name)!), Numbers.Of(repeated));
            if (Numbers.Same(Numbers.Of(changed), second, 1e-9))
                return new Diagnosis(Cause.CotangentIgnored, $"{name} is the same whatever gradient comes in ({pair.Step.Where}): backward ignores it", name);
            if (!Numbers.Same(first, second, 1e-9) && !pair.Reference.Draws)
            {
                return Numbers.Largest(second) > 1.5 * Numbers.Largest(first)
                    ? new Diagnosis(Cause.Accumulates, $"{name} grows from one backward to the next ({pair.Step.Where}): it adds to the result of the last one", name)
                    : new Diagnosis(Cause.BackwardNotDeterministic, $"{name} isn't the same in two equal backward passes ({pair.Step.Where})", name);
            }
            if (!Numbers.Same([.. second.Select(value => 2 * value)], Numbers.Of(doubled), 1e-6) && !pair.Reference.Draws)
                return new Diagnosis(Cause.CotangentIgnored, $"{name} isn't doubled when the incoming gradient is ({pair.Step.Where}): backward must be linear in it", name);
        }
        return null;
    }

    private static Diagnosis? One(ParityEvidence evidence, StepPair pair, string name)
    {
        if (pair.Mine(name) is not { } actual || pair.Theirs(name) is not { } expected) return null;
        var (mine, theirs, tolerance) = (Numbers.Of(actual), Numbers.Of(expected), evidence.Tolerance);
        var factors = new FactorNames(pair.Reference.Inputs[0].shape).With(RandomDiagnosis.ProbabilityOf(evidence));
        if (mine.Length > 1 && Numbers.Factor(mine, theirs, tolerance) is { } factor)
            return new Diagnosis(Cause.ConstantFactor, $"{name} is the right one times {factors.Describe(factor)} ({pair.Step.Where})", name, factor);
        var view = NormView.Of(pair, tolerance);
        if (view is not null && name == pair.Reference.InputGradientName(0)) return NormGradientDiagnosis.OfInput(view, mine, theirs, tolerance);
        if (view is not null && NormGradientDiagnosis.OfParameter(view, name, mine, theirs, tolerance) is { } diagnosis) return diagnosis;
        if (mine.Length == 1 && theirs[0] != 0 && factors.Find(mine[0] / theirs[0]) is { } known)
            return new Diagnosis(Cause.ConstantFactor, $"{name} is the right one times {known} ({pair.Step.Where})", name, mine[0] / theirs[0]);
        return null;
    }

    private static Tensor? Find(StepTrace trace, string name) => trace.Quantities.FirstOrDefault(pair => pair.name == name).value;

    private static bool Equal(Tensor? one, Tensor? other, double tolerance) =>
        one is not null && other is not null && one.shape.SequenceEqual(other.shape) && Numbers.Same(Numbers.Of(one), Numbers.Of(other), tolerance);
}
