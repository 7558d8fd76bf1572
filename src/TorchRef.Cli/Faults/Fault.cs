using TorchRef.Checks;

namespace TorchRef.Cli.Faults;

/// <summary>A mistake made on purpose, and what a check should say of it.</summary>
/// <param name="Name">What is wrong, in a few words; no two faults share it.</param>
/// <param name="Family">What kind of code it is made in.</param>
/// <param name="Expected">What a diagnosis may name: the best answer first, then others that a reader would call right too.</param>
internal abstract record Fault(string Name, string Family, IReadOnlyList<Cause> Expected)
{
    public abstract Tool Tool { get; }

    /// <summary>Makes what is faulty and checks it.</summary>
    public abstract CheckReport Check(long seed, CancellationToken stop = default);

    /// <summary>Whether it was called wrong, or that it can't be judged was put down to the very mistake.</summary>
    public bool IsCaught(CheckReport report) => report.Verdict == Verdict.Fail || report.Verdict == Verdict.Inconclusive && Names(report);

    /// <summary>Whether it was caught and the first guess is right.</summary>
    public bool IsDiagnosed(CheckReport report) => IsCaught(report) && Names(report);

    private bool Names(CheckReport report) => Expected.Contains(report.Diagnosis.Cause);

    public sealed override string ToString() => $"{Family}: {Name}";
}
