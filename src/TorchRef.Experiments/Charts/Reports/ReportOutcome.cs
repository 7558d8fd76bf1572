namespace TorchRef.Experiments.Charts;

/// <summary>How a check ended.</summary>
public enum ReportOutcome
{
    /// <summary>What was claimed holds.</summary>
    Passed,

    /// <summary>What was claimed doesn't hold.</summary>
    Failed,

    /// <summary>The data doesn't decide it.</summary>
    Undecided,
}
