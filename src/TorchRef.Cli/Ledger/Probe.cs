namespace TorchRef.Cli.Ledger;

/// <summary>A question with a short answer, put to the installed engine and to TorchRef; PyTorch's answer is known.</summary>
/// <param name="Where">What is asked about.</param>
/// <param name="PyTorch">What PyTorch answers, seen by running 1.13 and read in 2.x.</param>
/// <param name="Engine">Asks the engine.</param>
/// <param name="TorchRef">Asks TorchRef; null where it has no counterpart of its own.</param>
internal sealed record Probe(string Where, string PyTorch, Func<string> Engine, Func<string>? TorchRef = null)
{
    public LedgerRow Ask() => new(Where, PyTorch, Answer(Engine), TorchRef is null ? null : Answer(TorchRef));

    /// <summary>An error is an answer too.</summary>
    private static string Answer(Func<string> question)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        try
        {
            return question();
        }
        catch (Exception exception)
        {
            return $"throws: {exception.Message.ReplaceLineEndings(" ").Split(" (Parameter")[0]}";
        }
    }
}
