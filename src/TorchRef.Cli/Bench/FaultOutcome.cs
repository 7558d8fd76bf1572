using TorchRef.Checks;
using TorchRef.Cli.Faults;
using static TorchSharp.torch;

namespace TorchRef.Cli.Bench;

/// <summary>What a check said of a planted fault.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Caught">Whether it was called wrong.</param>
/// <param name="Diagnosed">Whether the first guess is right, too.</param>
/// <param name="Verdict">Null where the check itself broke down.</param>
/// <param name="Cause">The first guess.</param>
/// <param name="Text">Its sentence, or what broke down.</param>
/// <param name="Elapsed">The time of the check.</param>
internal sealed record FaultOutcome(Fault Fault, bool Caught, bool Diagnosed, Verdict? Verdict, Cause Cause, string Text, TimeSpan Elapsed)
{
    public static FaultOutcome Of(Fault fault, long seed, CancellationToken stop = default)
    {
        using var scope = NewDisposeScope();
        try
        {
            var report = fault.Check(seed, stop);
            return new FaultOutcome(fault, fault.IsCaught(report), fault.IsDiagnosed(report), report.Verdict, report.Diagnosis.Cause, report.Diagnosis.Text, report.Elapsed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // A check that breaks down has caught nothing.
            return new FaultOutcome(fault, false, false, null, Cause.None, $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}", TimeSpan.Zero);
        }
    }
}
