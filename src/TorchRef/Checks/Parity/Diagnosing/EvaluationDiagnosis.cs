namespace TorchRef.Checks.Parity;

/// <summary>Evaluation that is as training, training that is as evaluation, and evaluation that leaves traces.</summary>
internal static class EvaluationDiagnosis
{
    public static Diagnosis? Of(ParityEvidence evidence)
    {
        foreach (var pair in evidence.Evaluation.Where(pair => pair.OutputDiffers))
            if (IsAs(evidence, pair, training: true))
                return new Diagnosis(
                    Cause.EvalMode, pair.Reference.Draws || evidence.IsRandom
                        ? $"in evaluation the output is what training gives ({pair.Step.Where}): it still drops and scales after eval()"
                        : $"in evaluation the output is what training gives ({pair.Step.Where}): it takes the statistics of the batch, not the running ones, after eval()");
        // Where everything is dropped (p = 1) handing on the input is another mistake.
        foreach (var pair in evidence.Training.Where(pair => pair.OutputDiffers && !(evidence.IsIdentityInEvaluation && Allowance.LargestOf(pair.Reference.Output!) == 0)))
            if (IsAs(evidence, pair, training: false) && !evidence.Evaluation.Any(other => other.OutputDiffers))
                return new Diagnosis(
                    Cause.EvalMode, evidence.IsRandom
                        ? $"in training the output is what evaluation gives ({pair.Step.Where}): nothing is dropped"
                        : $"in training the output is what evaluation gives ({pair.Step.Where}): it takes the running statistics, not those of the batch");
        foreach (var pair in evidence.Evaluation)
        {
            var moved = pair.Candidate.Buffers.Keys.Where(name => Moved(pair.Candidate, name) && !Moved(pair.Reference, name)).ToList();
            if (moved.Count == 0) continue;
            var counters = moved.All(name => !pair.Candidate.Buffers[name].is_floating_point());
            return counters
                ? new Diagnosis(Cause.Counter, $"{string.Join(", ", moved)} counts in evaluation too ({pair.Step.Where})", moved[0])
                : new Diagnosis(Cause.StatisticsUpdates, $"evaluation updates {string.Join(", ", moved)} ({pair.Step.Where}); only training may", moved[0]);
        }
        return Scaled(evidence);
    }

    /// <summary>Dropout as it was written first: scaled in evaluation, in place of training.</summary>
    private static Diagnosis? Scaled(ParityEvidence evidence)
    {
        if (!evidence.IsRandom) return null;
        foreach (var pair in evidence.Evaluation.Where(pair => pair.OutputDiffers && pair.Candidate.Output is not null))
        {
            var factor = Numbers.Factor(Numbers.Of(pair.Candidate.Output!), Numbers.Of(pair.Reference.Output!), evidence.Tolerance);
            if (factor is { } f)
                return new Diagnosis(
                    Cause.DropoutScale, $"in evaluation the output is the right one times {new FactorNames([]).With(RandomDiagnosis.ProbabilityOf(evidence)).Describe(f)} ({pair.Step.Where}); with the scale applied in training, evaluation has nothing left to do",
                    StepTrace.OutputName, f);
        }
        return null;
    }

    private static bool IsAs(ParityEvidence evidence, StepPair pair, bool training)
    {
        if (pair.Candidate.Output is not { } mine || pair.Candidate.Failure is not null) return false;
        if (evidence.Repeat(pair, training, who: evidence.Bench.Reference).Output is not { } theirs) return false;
        // Where the mode makes no difference it can't be the wrong one.
        if (Numbers.Same(Numbers.Of(theirs), Numbers.Of(pair.Reference.Output!), evidence.Tolerance)) return false;
        if (Numbers.Same(Numbers.Of(mine), Numbers.Of(theirs), evidence.Tolerance)) return true;
        // The candidate's own other mode counts too: both may be wrong in the same way.
        var own = evidence.Repeat(pair, training);
        return training && own.Output is { } same && Numbers.Same(Numbers.Of(mine), Numbers.Of(same), evidence.Tolerance) && !Numbers.Same(Numbers.Of(mine), Numbers.Of(pair.Reference.Inputs[0]), evidence.Tolerance);
    }

    private static bool Moved(StepTrace trace, string name) =>
        trace.StateBefore.TryGetValue(name, out var before) && trace.Buffers.TryGetValue(name, out var after) && before.shape.SequenceEqual(after.shape) && !before.eq(after).all().item<bool>();
}
