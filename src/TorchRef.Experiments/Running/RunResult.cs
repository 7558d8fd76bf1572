namespace TorchRef.Experiments.Running;

/// <summary>A run that came to its end, or was stopped before.</summary>
public sealed record RunResult
{
    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>What it did.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>What it computed with, such as <c>libtorch 1.13.0 on cpu, 2 threads</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>All numbers.</summary>
    public required Records Records { get; init; }

    /// <summary>What they mean.</summary>
    public required ExperimentOutcome Outcome { get; init; }

    /// <summary>How many parts are done.</summary>
    public required int PartsDone { get; init; }

    /// <summary>How many of them were done by an earlier run already.</summary>
    public required int PartsResumed { get; init; }

    /// <summary>The folder with the files; null when none were written.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether all parts are done.</summary>
    public bool IsComplete => PartsDone == Plan.Parts.Count;
}
