using TorchRef.Checks;
using Xunit.Sdk;

namespace TorchRef.Xunit;

/// <summary>A check failed, or couldn't have found a mistake; the message is the report.</summary>
public sealed class CheckAssertException : XunitException
{
    /// <summary>Takes the report's text for the message.</summary>
    public CheckAssertException(CheckReport report)
        : base(report.ToString()) => Report = report;

    /// <summary>The report, for HTML, JSON or JUnit.</summary>
    public CheckReport Report { get; }
}
