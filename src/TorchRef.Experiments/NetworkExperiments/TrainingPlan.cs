using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>One of the trainings that an experiment is made of; a part of its run.</summary>
/// <param name="Name">What it is, unique within the experiment; the first word of the names of its records.</param>
/// <param name="Replicas">The networks that train together; name and seed tell them apart.</param>
/// <param name="Settings">What they have in common.</param>
/// <param name="Epochs">How many measurements.</param>
public sealed record TrainingPlan(string Name, IReadOnlyList<ReplicaSpec> Replicas, TrainingSettings Settings, int Epochs)
{
    /// <summary>How many images to train with; null for all.</summary>
    public int? TrainCount { get; init; }

    /// <summary>How many images to test with at most; null for all, 0 for none.</summary>
    public int? TestCount { get; init; }

    /// <summary>What else to measure of the trained networks; null, the default, for nothing.</summary>
    internal Action<TrainedNetworks>? Afterwards { get; init; }

    /// <summary>The name of what is recorded of a replica.</summary>
    internal string RecordOf(ReplicaSpec replica, string measure) => FormattableString.Invariant($"{Name}/{replica.Name}/seed {replica.Seed}/{measure}");
}
