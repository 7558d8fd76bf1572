using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The losses of one kind of network along a training that is counted in updates.</summary>
/// <param name="Name">Which kind.</param>
/// <param name="Before">The loss of each mini-batch, before the update that it leads to.</param>
/// <param name="After">The loss of the mini-batch of every hundredth update, the first included, after that update.</param>
public sealed record BatchLosses(string Name, Curve Before, Curve After)
{
    internal const int MeasureEvery = 100;

    internal static IReadOnlyList<BatchLosses> Of(TrainingPlan plan, Records records) =>
        [.. plan.Curves(records, Measures.BatchLosses).Zip(plan.Curves(records, Measures.LastBatchLoss), (before, after) => new BatchLosses(before.Name, before, after))];

    /// <summary>The training: all images, losses of every mini-batch.</summary>
    internal static TrainingPlan Plan(IReadOnlyList<ReplicaSpec> kinds, ExperimentSettings settings, int batchSize) =>
        new("losses", SeededReplicas.Of(kinds, settings), Book.Training(settings) with
        {
            BatchSize = batchSize,
            UpdatesPerEpoch = MeasureEvery,
            MeasuresTraining = false,
            MeasuresTest = false,
            MeasuresLoss = true,
            KeepsBatchLosses = true,
        }, settings.Epochs)
        { TestCount = 0 };
}
