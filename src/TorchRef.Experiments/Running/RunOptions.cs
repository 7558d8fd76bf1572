namespace TorchRef.Experiments.Running;

/// <summary>Where a run leaves its files, and how it goes about it; none of this changes a number.</summary>
public sealed record RunOptions
{
    /// <summary>The folder of this experiment's files; null, the default, to write none and remember nothing.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether to forget what an earlier run left in the folder; false by default.</summary>
    public bool Fresh { get; init; }

    /// <summary>How often a part is asked to save; every two seconds by default.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told how far the run has come; null, the default, for nobody.</summary>
    public Action<RunProgress>? Progress { get; init; }
}
