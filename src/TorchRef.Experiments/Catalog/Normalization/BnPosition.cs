using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>Batch normalisation before the activation, after it, and not at all.</summary>
internal sealed record BnPosition : NetworkExperiment
{
    /// <summary>The places, in the order of the networks.</summary>
    public static readonly IReadOnlyList<string> Places = ["before", "after", "nowhere"];

    /// <summary>20 measurements.</summary>
    public BnPosition() => Epochs = 20;

    /// <inheritdoc/>
    public override string Name => "bn-position";

    /// <inheritdoc/>
    public override string Description => "batch normalisation before the activation, after it, and not at all";

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.MiddleSet;

    /// <summary>Images to test with at most; null for all.</summary>
    public int? TestImages { get; init; }

    /// <summary>The activations to try it with.</summary>
    public IReadOnlyList<ActivationKind> Activations { get; init; } = [ActivationKind.Sigmoid, ActivationKind.Tanh, ActivationKind.ReLU];

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 2, TestImages = 2000 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("places", SeededReplicas.Of([.. from activation in Activations from place in Places select Kind(activation, place)], run), Book.Training(run), run.Epochs)
        {
            TrainCount = Images, TestCount = TestImages,
        },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained) =>
        new BnPositionReport(this, [.. trained.Accuracies(trained.Trainings[0]).Chunk(Places.Count)], trained.Run.Seeds.Count).Conclude();

    private static ReplicaSpec Kind(ActivationKind activation, string place) => new()
    {
        Name = $"{activation}, BN {place}",
        Network = Book.MiddleNetwork with
        {
            Activation = activation,
            Normalization = place switch { "before" => new(), "after" => new() { Place = NormalizationPlace.AfterActivation }, _ => null },
        },
        Initial = activation == ActivationKind.ReLU ? InitialWeights.He : InitialWeights.Xavier,
        LearningRate = Book.LearningRate,
    };
}
