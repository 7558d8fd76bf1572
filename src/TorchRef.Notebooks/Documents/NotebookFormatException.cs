namespace TorchRef.Notebooks.Documents;

/// <summary>A file isn't a notebook that can be used; the message says the rule, what was expected and what was found.</summary>
public sealed class NotebookFormatException : Exception
{
    /// <param name="message">The whole of what the user must know.</param>
    /// <param name="inner">What was thrown below, if anything.</param>
    public NotebookFormatException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
