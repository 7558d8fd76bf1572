using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Overfitting;

/// <summary>A network of seven layers on 300 images: it learns them by heart.</summary>
internal sealed record OverFit : NetworkExperiment
{
    /// <summary>201 measurements.</summary>
    public OverFit() => Epochs = 201;

    /// <inheritdoc/>
    public override string Name => "overfit";

    /// <inheritdoc/>
    public override string Description => "seven layers learn 300 images by heart: training and test accuracy part";

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.SmallSet;

    /// <summary>Images to test with at most; null for all.</summary>
    public int? TestImages { get; init; }

    /// <summary>η.</summary>
    public double LearningRate { get; init; } = Book.LearningRate;

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 2, TestImages = 2000 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("network", SeededReplicas.Of([new ReplicaSpec { Name = "network", Network = Book.DeepNetwork, LearningRate = LearningRate }], run), Book.Training(run), run.Epochs)
        {
            TrainCount = Images, TestCount = TestImages, TestEvery = 5,
        },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained) => new OverFitReport(trained.Accuracies(trained.Trainings[0])[0], trained.Run.Seeds.Count).Conclude();
}
