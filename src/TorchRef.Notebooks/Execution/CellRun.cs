using TorchRef.Notebooks.Documents;

namespace TorchRef.Notebooks.Execution;

/// <summary>A cell that was run.</summary>
/// <param name="Cell">The cell, as it was before.</param>
/// <param name="ExecutionCount">Its number among the programs that were run, from 1; null for a cell without a program.</param>
/// <param name="Outputs">What it brought forth.</param>
/// <param name="Failure">Why it failed; null where it didn't.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record CellRun(NotebookCell Cell, int? ExecutionCount, IReadOnlyList<CellOutput> Outputs, CellFailure? Failure, TimeSpan Elapsed);
