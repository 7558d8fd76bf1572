using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>Batch, group and layer normalisation as the mini-batch shrinks; every size sees the same number of examples.</summary>
internal sealed record BatchSizes : NetworkExperiment
{
    /// <summary>10 measurements, three seeds.</summary>
    public BatchSizes() => (Epochs, Seeds) = (10, 3);

    /// <inheritdoc/>
    public override string Name => "batch-size";

    /// <inheritdoc/>
    public override string Description => "batch, group and layer normalisation as the mini-batch shrinks";

    /// <summary>Examples of a mini-batch, rising; batch normalisation needs at least 2.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [2, 4, 8, 16, 32, 100];

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.MiddleSet;

    /// <summary>Images to test with at most; null for all.</summary>
    public int? TestImages { get; init; }

    /// <summary>Groups of group normalisation.</summary>
    public int Groups { get; init; } = 10;

    /// <summary>η at the largest of <see cref="Sizes"/>; smaller batches have less in proportion, for they make more updates.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The networks: what they normalise by.</summary>
    public IReadOnlyList<(string name, NormalizationSpec? normalization)> Kinds =>
    [
        ("BN", new()), ("GroupNorm", new() { Kind = NormalizationKind.Group, Groups = Groups }), ("LayerNorm", new() { Kind = NormalizationKind.Layer }), ("none", null),
    ];

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 1, Epochs = 5, Sizes = [2, 8, 100], TestImages = 1000 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        .. Sizes.Select(size => new TrainingPlan(FormattableString.Invariant($"batches of {size}"), SeededReplicas.Of([.. Kinds.Select(kind => new ReplicaSpec
        {
            Name = kind.name, Network = Book.MiddleNetwork with { Normalization = kind.normalization }, LearningRate = LearningRate * size / Sizes.Max(),
        })], run), Book.Training(run) with { BatchSize = size }, run.Epochs) { TrainCount = Images, TestCount = TestImages }),
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained) =>
        new BatchSizesReport(this, [.. trained.Trainings.Select(trained.Accuracies)], trained.Run.Seeds.Count).Conclude();
}
