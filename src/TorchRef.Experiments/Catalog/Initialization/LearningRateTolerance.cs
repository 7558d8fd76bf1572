using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Initialization;

/// <summary>With which learning rates and initial scales a network can be trained, with and without batch normalisation.</summary>
internal sealed record LearningRateTolerance : NetworkExperiment
{
    /// <summary>20 measurements, three seeds.</summary>
    public LearningRateTolerance() => (Epochs, Seeds) = (20, 3);

    /// <inheritdoc/>
    public override string Name => "learning-rate";

    /// <inheritdoc/>
    public override string Description => "which learning rates and initial scales a network tolerates, with and without batch normalisation";

    /// <summary>The learning rates, rising.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];

    /// <summary>The standard deviations of the initial weights, falling.</summary>
    public IReadOnlyList<double> Deviations { get; init; } = [1, 0.3, 0.1, 0.03, 0.01, 0.001];

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.MiddleSet;

    /// <summary>The training accuracy from which on a network counts as trained.</summary>
    public double Threshold { get; init; } = 0.9;

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 1, Rates = [0.003, 0.03, 0.3, 3], Deviations = [0.3, 0.03, 0.001] };

    /// <inheritdoc/>
    protected override IEnumerable<Setting> OwnSettings => [new("counts as trained from an accuracy of", Threshold)];

    private IEnumerable<(double rate, double deviation)> Grid => Rates.SelectMany(rate => Deviations.Select(deviation => (rate, deviation)));

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("grid", SeededReplicas.Of([.. Grid.SelectMany(point => new[] { null, new NormalizationSpec() }.Select(normalization => new ReplicaSpec
        {
            Name = FormattableString.Invariant($"{(normalization is null ? "plain" : "BN")}, η {point.rate}, std {point.deviation}"),
            Network = Book.MiddleNetwork with { Normalization = normalization },
            Initial = InitialWeights.Deviation(point.deviation),
            LearningRate = point.rate,
        }))], run), Book.Training(run) with { MeasuresTest = false }, run.Epochs) { TrainCount = Images },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained)
    {
        var curves = trained.Curves(trained.Trainings[0], Measures.TrainAccuracy);
        return new LearningRateReport(this, [.. Grid.Select((point, i) => new GridPoint(point.rate, point.deviation, curves[2 * i].Final, curves[2 * i + 1].Final))], trained.Run.Seeds.Count).Conclude();
    }
}
