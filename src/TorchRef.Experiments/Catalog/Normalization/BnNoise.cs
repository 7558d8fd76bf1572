using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>The noise of batch statistics, and the gap between training and test that it narrows, against the batch size.</summary>
internal sealed record BnNoise : NetworkExperiment
{
    /// <summary>30 measurements.</summary>
    public BnNoise() => Epochs = 30;

    /// <inheritdoc/>
    public override string Name => "bn-noise";

    /// <inheritdoc/>
    public override string Description => "the noise of batch statistics, and the over-fitting that it holds back, against the batch size";

    /// <summary>Batch sizes for the noise of the statistics of N(0, 1), rising.</summary>
    public IReadOnlyList<int> NoiseSizes { get; init; } = [2, 4, 8, 16, 32, 64, 128];

    /// <summary>Batches to draw at each size.</summary>
    public int Draws { get; init; } = 200_000;

    /// <summary>Batch sizes to train with, rising.</summary>
    public IReadOnlyList<int> TrainingSizes { get; init; } = [8, 32, 128];

    /// <summary>Updates between two measurements, at every size: networks are compared after as many updates.</summary>
    public int UpdatesPerEpoch { get; init; } = 20;

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.SmallSet;

    /// <summary>Images to test with at most; null for all.</summary>
    public int? TestImages { get; init; }

    /// <summary>η.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 2, Epochs = 15, Draws = 50_000, TestImages = 1000 };

    /// <inheritdoc/>
    protected override IEnumerable<Setting> OwnSettings =>
        [new("batch sizes of N(0, 1)", NoiseSizes.Select(size => (double)size)), new("batches of N(0, 1) at each size", Draws)];

    /// <inheritdoc/>
    protected override IReadOnlyList<ExperimentPart> OtherParts(TrainingRun run) => [StatisticsNoise.Part(NoiseSizes, Draws, run.Seeds[0])];

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        .. TrainingSizes.Select(size => new TrainingPlan(FormattableString.Invariant($"batches of {size}"), SeededReplicas.Of([.. new[] { new NormalizationSpec(), null }.Select(normalization => new ReplicaSpec
        {
            Name = normalization is null ? "plain" : "BN", Network = Book.MiddleNetwork with { Normalization = normalization }, LearningRate = LearningRate,
        })], run), Book.Training(run) with { BatchSize = size, UpdatesPerEpoch = UpdatesPerEpoch }, run.Epochs) { TrainCount = Images, TestCount = TestImages, TestEvery = 2 }),
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained) => new BnNoiseReport(this, trained).Conclude();
}
