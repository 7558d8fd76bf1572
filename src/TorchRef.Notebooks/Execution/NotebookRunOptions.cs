namespace TorchRef.Notebooks.Execution;

/// <summary>How a notebook is run.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>The folder that its relative paths start from; by default the current one.</summary>
    public string? Folder { get; init; }

    /// <summary>How long a cell may take; null, the default, for as long as it wants.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Told of each cell before it runs.</summary>
    public Action<Documents.NotebookCell>? Starting { get; init; }

    /// <summary>Told of each cell after it ran.</summary>
    public Action<CellRun>? Ended { get; init; }
}
