namespace TorchRef.Notebooks.Execution;

/// <summary>A cell asks for what can't be done; nothing of it was run.</summary>
/// <param name="line">The line within the cell, from 1.</param>
/// <param name="message">The rule, and what was expected and found.</param>
internal sealed class CellError(int line, string message) : Exception(message)
{
    public int Line => line;
}
