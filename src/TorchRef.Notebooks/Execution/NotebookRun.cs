using TorchRef.Notebooks.Documents;

namespace TorchRef.Notebooks.Execution;

/// <summary>How the run of a notebook went.</summary>
/// <param name="Cells">The cells with programs that were run, in order; the last one may have failed.</param>
/// <param name="Failure">Why it ended before its end; null where it didn't.</param>
public sealed record NotebookRun(IReadOnlyList<CellRun> Cells, CellFailure? Failure)
{
    /// <summary>Puts the outputs into the notebook; cells that weren't run lose theirs.</summary>
    public void Store(Notebook notebook)
    {
        var runs = Cells.ToDictionary(run => run.Cell.Number);
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
            cell.Replace(runs.GetValueOrDefault(cell.Number)?.Outputs ?? [], runs.GetValueOrDefault(cell.Number)?.ExecutionCount);
    }
}
