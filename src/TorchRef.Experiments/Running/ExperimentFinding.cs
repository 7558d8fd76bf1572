using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Running;

/// <summary>A statement, whether it holds, and the numbers that say so.</summary>
/// <param name="Statement">What was to be shown, in one sentence.</param>
/// <param name="Outcome">Whether it holds.</param>
/// <param name="Measured">The numbers, in words.</param>
public sealed record ExperimentFinding(string Statement, ReportOutcome Outcome, string Measured)
{
    /// <summary>A finding that was decided.</summary>
    /// <param name="statement">What was to be shown.</param>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="measured">The numbers, in words.</param>
    public static ExperimentFinding Of(string statement, bool holds, string measured) =>
        new(statement, holds ? ReportOutcome.Passed : ReportOutcome.Failed, measured);
}
