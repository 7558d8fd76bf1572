using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Kinds of networks, each trained with every seed: in one seed all kinds begin with the same random numbers and see the same mini-batches.</summary>
internal static class SeededReplicas
{
    /// <summary>Every kind of the first seed, then of the second, and so on.</summary>
    public static IReadOnlyList<ReplicaSpec> Of(IReadOnlyList<ReplicaSpec> kinds, TrainingRun run) =>
        [.. run.Seeds.Select(seed => unchecked((long)seed)).SelectMany(seed => kinds.Select(kind => kind with { Seed = seed, BatchSeed = seed }))];
}
