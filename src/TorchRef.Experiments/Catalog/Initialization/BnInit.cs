using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Initialization;

/// <summary>How fast networks learn from weights of 16 scales, with and without batch normalisation.</summary>
internal sealed record BnInit : NetworkExperiment
{
    /// <summary>20 measurements.</summary>
    public BnInit() => Epochs = 20;

    /// <inheritdoc/>
    public override string Name => "bn-init";

    /// <inheritdoc/>
    public override string Description => "16 scales of initial weights, with and without batch normalisation: it learns from nearly all of them";

    /// <summary>How many standard deviations, evenly spaced in their logarithm from 1 down to 1e-4.</summary>
    public int Scales { get; init; } = 16;

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.MiddleSet;

    /// <summary>The deviations.</summary>
    public IReadOnlyList<double> Deviations => [.. Enumerable.Range(0, Scales).Select(i => Math.Pow(10, -4.0 * i / Math.Max(1, Scales - 1)))];

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 1 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("scales", SeededReplicas.Of(
        [
            .. Deviations.SelectMany(deviation => new[] { null, new NormalizationSpec() }.Select(normalization => new ReplicaSpec
            {
                Name = FormattableString.Invariant($"{(normalization is null ? "plain" : "BN")}, std {deviation:G3}"),
                Network = Book.MiddleNetwork with { Normalization = normalization },
                Initial = InitialWeights.Deviation(deviation),
                LearningRate = Book.LearningRate,
            })),
        ], run), Book.Training(run) with { MeasuresTest = false }, run.Epochs) { TrainCount = Images },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained)
    {
        var curves = trained.Curves(trained.Trainings[0], Measures.TrainAccuracy);
        return new BnInitReport([.. Deviations.Select((deviation, i) => new InitialScale(deviation, curves[2 * i], curves[2 * i + 1]))], trained.Run.Seeds.Count).Conclude();
    }
}
