using TorchRef.Checks;
using TorchRef.Cli.CorrectFunctions;

namespace TorchRef.Cli.Bench;

/// <summary>What a check said of a correct function.</summary>
/// <param name="Function">The function.</param>
/// <param name="Verdict">Null where the check broke down.</param>
/// <param name="Text">The diagnosis, or what broke down.</param>
internal sealed record CorrectOutcome(CorrectFunction Function, Verdict? Verdict, string Text)
{
    /// <summary>Whether it is called wrong, or the check broke down.</summary>
    public bool IsFalseAlarm => Verdict is null or Checks.Verdict.Fail;

    /// <summary>Whether the verdict is one that the function deserves.</summary>
    public bool IsRight => Verdict is { } verdict && Function.Deserves(verdict);

    public static CorrectOutcome Of(CorrectFunction function, long seed, CancellationToken stop = default)
    {
        try
        {
            var report = function.Check(seed, stop);
            return new CorrectOutcome(function, report.Verdict, report.Diagnosis.Text);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            return new CorrectOutcome(function, null, $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
