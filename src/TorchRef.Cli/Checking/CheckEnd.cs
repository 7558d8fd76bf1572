namespace TorchRef.Cli.Checking;

/// <summary>How the checking process ended, and all that it said.</summary>
internal sealed record CheckEnd
{
    public required IReadOnlyList<CheckResult> Results { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>What it was at when it ended, as it completes "while …".</summary>
    public required string Stage { get; init; }

    /// <summary>Whether it did all that it was asked for.</summary>
    public required bool Done { get; init; }

    public required bool TimedOut { get; init; }

    public required int ExitCode { get; init; }

    public string? Refusal { get; init; }

    public string? Missing { get; init; }

    public ThrownException? Thrown { get; init; }

    /// <summary>The last lines of its error stream: of a process that was aborted, its last words.</summary>
    public required IReadOnlyList<string> LastErrors { get; init; }

    /// <summary>The first lines that the checked code printed.</summary>
    public required IReadOnlyList<string> Printed { get; init; }

    /// <summary>How many lines the checked code printed.</summary>
    public required long PrintedCount { get; init; }

    public required TimeSpan Elapsed { get; init; }
}
