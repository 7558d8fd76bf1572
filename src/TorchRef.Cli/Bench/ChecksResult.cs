using TorchRef.Cli.KnownDerivatives;

namespace TorchRef.Cli.Bench;

/// <summary>All that was measured of the checks; null for what was left out.</summary>
internal sealed record ChecksResult(
    IReadOnlyList<FaultOutcome> Faults, IReadOnlyDictionary<string, GradCheckAnswer>? Peer, IReadOnlyList<CorrectOutcome> Correct,
    Coverage? Coverage, SpeedOutcome? Speed, LeakOutcome? Leaks)
{
    public const double CaughtAtLeast = 0.98, DiagnosedAtLeast = 0.85, CoveredAtLeast = 0.999;

    public int Caught => Faults.Count(outcome => outcome.Caught);

    public int Diagnosed => Faults.Count(outcome => outcome.Diagnosed);

    public int FalseAlarms => Correct.Count(outcome => outcome.IsFalseAlarm);

    /// <summary>What falls short of what is promised, each in a line. Speed depends on the machine and is only reported.</summary>
    public IEnumerable<string> Shortfalls()
    {
        if (Faults.Count > 0 && Caught < CaughtAtLeast * Faults.Count) yield return $"planted faults caught: expected at least {CaughtAtLeast:P0} of {Faults.Count} but got {Caught}";
        if (Faults.Count > 0 && Diagnosed < DiagnosedAtLeast * Faults.Count) yield return $"planted faults diagnosed: expected at least {DiagnosedAtLeast:P0} of {Faults.Count} but got {Diagnosed}";
        if (FalseAlarms > 0) yield return $"correct functions called wrong: expected none of {Correct.Count} but got {FalseAlarms}";
        if (Coverage is { } coverage && coverage.Share < CoveredAtLeast) yield return $"known derivatives within their bars: expected at least {CoveredAtLeast:P1} of {coverage.Entries} but got {coverage.Share:P2}";
        if (Leaks is { Leaks: true } leaks) yield return $"tensors alive after {leaks.Checks} checks: expected {leaks.Before} but got {leaks.After}";
    }
}
