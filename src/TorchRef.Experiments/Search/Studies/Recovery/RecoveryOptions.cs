namespace TorchRef.Experiments.Search.Studies.Recovery;

/// <summary>When a worker counts as dead, and how often its trials are tried.</summary>
public sealed record RecoveryOptions
{
    /// <summary>How long a worker on another host must give no sign of life, by this process's clock.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How often a trial is queued again at most: one that brings its worker down each time must not bring them all down.</summary>
    public int MaxRetries { get; init; } = 3;
}
