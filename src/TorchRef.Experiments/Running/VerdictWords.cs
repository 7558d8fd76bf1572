using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Running;

/// <summary>Verdicts in words.</summary>
public static class VerdictWords
{
    /// <summary>Such as <c>holds</c>.</summary>
    public static string Of(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Passed => "holds",
        ReportOutcome.Failed => "doesn't hold",
        _ => "undecided",
    };
}
