namespace TorchRef.Checks;

/// <summary>A check found something wrong, or couldn't have found it; the message is the report.</summary>
public sealed class CheckFailedException : Exception
{
    /// <summary>Takes the report's text for the message.</summary>
    public CheckFailedException(CheckReport report)
        : base(report.ToString()) => Report = report;

    /// <summary>The report.</summary>
    public CheckReport Report { get; }
}
