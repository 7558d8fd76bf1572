using System.Globalization;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Batch, group and layer normalisation as the mini-batch shrinks; every size sees the same number of examples.</summary>
public static class BatchSizes
{
    /// <summary>Settings.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>10 measurements, three seeds.</summary>
        public Settings() => (Epochs, Seeds) = (10, 3);

        /// <summary>Examples of a mini-batch; batch normalisation needs at least 2.</summary>
        public IReadOnlyList<int> Sizes { get; init; } = [2, 4, 8, 16, 32, 100];

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.MiddleSet;

        /// <summary>Images to test with at most; null for all.</summary>
        public int? TestImages { get; init; } = 2000;

        /// <summary>Groups of group normalisation.</summary>
        public int Groups { get; init; } = 10;

        /// <summary>
        /// η at the largest of <see cref="Sizes"/>; smaller batches have less in proportion, for they make more updates.
        /// </summary>
        public double LearningRate { get; init; } = 0.1;

        /// <summary>A version for seconds: one seed, three sizes, 5 measurements, 1000 test images.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1, Epochs = 5, Sizes = [2, 8, 100], TestImages = 1000 };
    }

    /// <summary>The accuracies at one size.</summary>
    /// <param name="Size">Examples of a mini-batch.</param>
    /// <param name="Batch">Batch normalisation.</param>
    /// <param name="Group">Group normalisation.</param>
    /// <param name="Layer">Layer normalisation.</param>
    /// <param name="Plain">None.</param>
    public sealed record Kind(int Size, AccuracyCurves Batch, AccuracyCurves Group, AccuracyCurves Layer, AccuracyCurves Plain);

    /// <summary>What came out.</summary>
    /// <param name="Sizes">In the order of the settings.</param>
    public sealed record Result(IReadOnlyList<Kind> Sizes);

    /// <summary>A training for each size: four networks a seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        .. settings.Sizes.Select(size => new TrainingPlan(string.Create(CultureInfo.InvariantCulture, $"batches of {size}"),
            Replicas(settings, size), Book.Training(settings) with { BatchSize = size }, settings.Epochs) { TrainCount = settings.Images, TestCount = settings.TestImages }),
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records) => new([.. settings.Sizes.Zip(Plans(settings), (size, plan) =>
    {
        var curves = plan.Accuracies(records);
        return new Kind(size, curves[0], curves[1], curves[2], curves[3]);
    })]);

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));

    private static IReadOnlyList<ReplicaSpec> Replicas(Settings settings, int size)
    {
        (string name, NormalizationSpec? spec)[] kinds =
        [
            ("BN", new()), ("GroupNorm", new() { Kind = NormalizationKind.Group, Groups = settings.Groups }), ("LayerNorm", new() { Kind = NormalizationKind.Layer }), ("none", null),
        ];
        return SeededReplicas.Of([.. kinds.Select(kind => new ReplicaSpec
        {
            Name = kind.name, Network = Book.MiddleNetwork with { Normalization = kind.spec }, LearningRate = settings.LearningRate * size / settings.Sizes.Max(),
        })], settings);
    }
}
