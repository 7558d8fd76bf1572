namespace TorchRef.Checks.Parity;

/// <summary>Outputs that differ: which other formula gives them.</summary>
internal static class ForwardDiagnosis
{
    public static Diagnosis? Of(ParityEvidence evidence)
    {
        // Training first: evaluation may only follow from it. Where the difference is largest it is told best.
        var pairs = evidence.Steps.Where(pair => pair.OutputDiffers && pair.Candidate.Output is not null && pair.Candidate.Output.shape.SequenceEqual(pair.Reference.Output!.shape))
            .OrderByDescending(pair => pair.Step.Training).ThenByDescending(Relative).ToList();
        if (pairs.Count == 0) return null;
        foreach (var pair in pairs)
            if (Formula(pair, evidence.Tolerance) is { } diagnosis) return diagnosis;
        return Differences.Of(pairs[0], StepTrace.OutputName, evidence.Tolerance)
            ?? new Diagnosis(Cause.ForwardDiffers, $"the output follows another formula ({pairs[0].Step.Where}): {Differences.Correlation(pairs[0], StepTrace.OutputName)}", StepTrace.OutputName);
    }

    private static double Relative(StepPair pair) =>
        Allowance.Difference(pair.Candidate.Output!, pair.Reference.Output!).distance / Math.Max(double.Epsilon, Allowance.LargestOf(pair.Reference.Output!));

    private static Diagnosis? Formula(StepPair pair, double tolerance)
    {
        var (mine, theirs, where) = (Numbers.Of(pair.Candidate.Output!), Numbers.Of(pair.Reference.Output!), pair.Step.Where);
        if (NormView.Of(pair, tolerance) is { } view && NormForwardDiagnosis.Of(view, mine, tolerance) is { } diagnosis) return diagnosis;
        if (Numbers.Factor(mine, theirs, tolerance) is { } factor)
            return new Diagnosis(Cause.ConstantFactor, $"the output is the right one times {new FactorNames(pair.Reference.Output!.shape).Describe(factor)} ({where})", StepTrace.OutputName, factor);
        return Linear(pair, mine, theirs, tolerance);
    }

    /// <summary>Products with a matrix: transposed, or without the bias.</summary>
    private static Diagnosis? Linear(StepPair pair, double[] mine, double[] theirs, double tolerance)
    {
        if (pair.Reference.Inputs is not [{ } x] || !x.is_floating_point()) return null;
        foreach (var (name, parameter) in pair.Reference.StateBefore)
        {
            if (!pair.Reference.ParameterGradients.ContainsKey(name) || parameter.dim() == 0) continue;
            if (parameter.dim() == 1 && parameter.numel() is var size && pair.Reference.Output!.shape is { Length: > 1 } shape)
            {
                var along = shape[1] == size ? 1 : shape[^1] == size ? shape.Length - 1 : -1;
                if (along < 0) continue;
                var spread = Numbers.Of(parameter.view([.. shape.Select((_, d) => d == along ? -1L : 1L)]).expand(shape));
                foreach (var (sign, text) in new[] { (-1.0, "isn't added"), (1.0, "is added twice"), (-2.0, "is subtracted") })
                    if (Numbers.Same([.. mine.Zip(theirs, (m, t) => m - t)], [.. spread.Select(value => sign * value)], 1e3 * tolerance))
                        return new Diagnosis(Cause.ForwardDiffers, $"{name} {text} ({pair.Step.Where})", name);
            }
            else if (parameter.dim() == 2 && parameter.shape[0] == parameter.shape[1] && x.shape[^1] == parameter.shape[0])
            {
                var right = x.matmul(parameter.t());            // the output's shape
                var wrong = x.matmul(parameter);
                if (Numbers.Same([.. mine.Zip(theirs, (m, t) => m - t)], Numbers.Of(wrong - right), 1e3 * tolerance))
                    return new Diagnosis(Cause.Transposed, $"{name} is taken transposed in forward ({pair.Step.Where})", name);
            }
        }
        return null;
    }
}
