using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>What an experiment is given to work with.</summary>
/// <param name="Digits">The images.</param>
public sealed record ExperimentContext(DigitData Digits)
{
    /// <summary>Is told after each measurement; on the caller's thread.</summary>
    public Action<ExperimentProgress>? Progress { get; init; }

    /// <summary>Stops the experiment between two updates, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Where states are kept, to go on from after an end of any kind; null for nowhere.</summary>
    public ICheckpoints? Checkpoints { get; init; }

    /// <summary>How much work may be lost: a state is written when this time has passed, and when a part is through.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);
}
