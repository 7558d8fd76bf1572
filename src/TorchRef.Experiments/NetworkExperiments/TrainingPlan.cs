using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>One of the trainings that an experiment is made of.</summary>
/// <param name="Name">Letters, digits, hyphens: the part's name in progress and checkpoints.</param>
/// <param name="Replicas">The networks that train together.</param>
/// <param name="Settings">What they have in common.</param>
/// <param name="Epochs">How many measurements.</param>
internal sealed record TrainingPlan(string Name, IReadOnlyList<ReplicaSpec> Replicas, TrainingSettings Settings, int Epochs)
{
    /// <summary>How many images to train with; null for all.</summary>
    public int? TrainCount { get; init; }

    /// <summary>How many images to test with; null for all, 0 for none.</summary>
    public int? TestCount { get; init; }

    /// <summary>What else to measure of the trained networks: numbers by name, in order; null for nothing.</summary>
    public Func<ReplicaTrainer, TrainingData, CancellationToken, IReadOnlyList<double>>? Afterwards { get; init; }
}
