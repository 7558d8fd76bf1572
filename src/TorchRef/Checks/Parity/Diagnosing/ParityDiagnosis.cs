using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>The first guess at why two modules differ.</summary>
internal static class ParityDiagnosis
{
    /// <summary>From steps that both took from equal states, and the contracts that were found broken.</summary>
    public static Diagnosis Of(ParityEvidence evidence, IReadOnlyList<Finding> findings)
    {
        // A contract that is broken explains numbers that differ; the other way round never.
        var inBackward = evidence.Steps.Any(pair => pair.Candidate is { Failure: not null, FailedIn: StepTrace.InBackward });
        foreach (var cause in new[] { Cause.InputChanged, Cause.StateChanged, Cause.Throws, Cause.Shape, Cause.StateDictKeys })
            if (!(cause == Cause.Throws && inBackward) && findings.FirstOrDefault(finding => finding.Cause == cause && finding.Verdict == Verdict.Fail) is { } broken) return From(broken, findings);
        using var scope = NewDisposeScope();
        return NotFinite(evidence)
            ?? EvaluationDiagnosis.Of(evidence)
            ?? RandomDiagnosis.Of(evidence)
            ?? NotReplayable(evidence)
            ?? ForwardDiagnosis.Of(evidence)
            ?? StatisticsDiagnosis.Of(evidence)
            ?? (findings.FirstOrDefault(finding => finding.Cause is Cause.Throws or Cause.NoGradient or Cause.EvalMode or Cause.Precision) is { } early ? From(early, findings) : null)
            ?? GradientDiagnosis.Of(evidence)
            ?? SecondOrder(evidence)
            ?? (findings.FirstOrDefault(finding => finding.Verdict == Verdict.Fail) is { } other ? From(other, findings) : null)
            ?? Hidden();
    }

    /// <summary>Where float64 agrees and float32 doesn't.</summary>
    public static Diagnosis OfFloat32(IReadOnlyList<ParityEntry> entries)
    {
        var worst = entries.Where(entry => entry.Verdict == Verdict.Fail).MaxBy(entry => entry.Ratio)!;
        return new Diagnosis(
            Cause.Precision, FormattableString.Invariant(
                $"the formula is right (float64 agrees), but in float32 {worst.Quantity} loses digits: off by {worst.Error:G2} where {worst.Allowed:G2} is allowed, four times the reference's own error and a few units in the last place; look for a difference of large numbers, such as E[x²] − E[x]²"),
            worst.Quantity);
    }

    private static Diagnosis From(Finding finding, IReadOnlyList<Finding> findings)
    {
        var alike = findings.Where(other => other.Cause == finding.Cause && other.Verdict == Verdict.Fail).Select(other => other.Text).ToList();
        return new Diagnosis(finding.Cause, string.Join("; ", alike));
    }

    private static Diagnosis? NotFinite(ParityEvidence evidence)
    {
        foreach (var pair in evidence.Steps)
        {
            foreach (var name in pair.Differing)
            {
                if (pair.Mine(name) is not { } mine || pair.Theirs(name) is not { } theirs || !mine.is_floating_point() || mine.isfinite().all().item<bool>() || !theirs.isfinite().all().item<bool>()) continue;
                var zero = pair.Step.Training && evidence.IsIdentityInEvaluation && Allowance.LargestOf(pair.Reference.Output!) == 0;
                return zero
                    ? new Diagnosis(Cause.DropoutScale, $"{name} isn't finite in {pair.Step.Where}, where everything is dropped (p = 1): scaling by 1/(1 − p) is 0/0 there", name)
                    : new Diagnosis(Cause.NotFinite, $"{name} isn't finite in {pair.Step.Where}, where the reference's is", name);
            }
        }
        return null;
    }

    private static Diagnosis? NotReplayable(ParityEvidence evidence)
    {
        // Twice: what remembers the call before gives the same again after the same call.
        foreach (var pair in evidence.Steps.Where(pair => pair.OutputDiffers && pair.Candidate.Output is not null && !pair.Reference.Draws))
            if (new[] { evidence.Repeat(pair), evidence.Repeat(pair) }.Any(trace => trace.Output is { } again && !Numbers.Same(Numbers.Of(again), Numbers.Of(pair.Candidate.Output!), evidence.Tolerance)))
                return new Diagnosis(
                    Cause.NotReplayable, $"the same batch, state and seed give another output than before ({pair.Step.Where}): forward draws or remembers something that isn't in the state dict", StepTrace.OutputName);
        return null;
    }

    private static Diagnosis? SecondOrder(ParityEvidence evidence)
    {
        foreach (var pair in evidence.Steps)
            if (pair.Differing.Count > 0 && pair.Differing.All(name => name.StartsWith("second ", StringComparison.Ordinal)))
                return new Diagnosis(
                    Cause.SavedConstants, $"the gradients are right but can't be differentiated again: {string.Join(", ", pair.Differing)} differ in {pair.Step.Where}; backward takes values that forward saved for constants, which depend on the input",
                    pair.Differing[0]);
        return null;
    }

    private static Diagnosis Hidden() => new(
        Cause.Unknown, "each step is right when it starts from the reference's state, but not after the steps before it: something outlives a step that isn't in the state dict");
}
