namespace TorchRef.Numerics;

/// <summary>Values aren't as close as they must be; the message says by how much, in PyTorch's words.</summary>
public sealed class NotCloseException : Exception
{
    /// <summary>Takes the result's text for the message.</summary>
    public NotCloseException(CloseResult result)
        : base(result.Message) => Result = result;

    /// <summary>The comparison.</summary>
    public CloseResult Result { get; }
}
