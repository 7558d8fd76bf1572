namespace TorchRef.Notebooks.Execution;

/// <summary>Why a cell ended before its end.</summary>
/// <param name="Cell">The cell's place in the notebook, from 1, texts counted.</param>
/// <param name="Line">The line within the cell, from 1; null where it isn't known.</param>
/// <param name="Name">The kind of error: an exception's type, or the compiler's number.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Details">Places and further errors, in lines.</param>
public sealed record CellFailure(int Cell, int? Line, string Name, string Message, IReadOnlyList<string> Details)
{
    /// <summary>One line: where, and what.</summary>
    public override string ToString() => $"cell {Cell}{(Line is null ? "" : $", line {Line}")}: {Name}: {Message.ReplaceLineEndings(" ")}";
}
