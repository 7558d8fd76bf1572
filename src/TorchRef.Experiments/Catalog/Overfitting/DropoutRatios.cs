using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Overfitting;

/// <summary>The over-fitting network with dropout of several ratios.</summary>
internal sealed record DropoutRatios : NetworkExperiment
{
    /// <summary>301 measurements.</summary>
    public DropoutRatios() => Epochs = 301;

    /// <inheritdoc/>
    public override string Name => "dropout";

    /// <inheritdoc/>
    public override string Description => "dropout narrows the gap between training and test accuracy, here by under-fitting";

    /// <summary>The shares of units that the networks drop in training, from none to the largest.</summary>
    public IReadOnlyList<double> Ratios { get; init; } = [0, 0.1, 0.15, 0.2];

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.SmallSet;

    /// <summary>Images to test with at most; null for all.</summary>
    public int? TestImages { get; init; }

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 2, TestImages = 1000 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("ratios", SeededReplicas.Of([.. Ratios.Select(ratio => new ReplicaSpec
        {
            Name = $"ratio {Exact.Text(ratio)}", Network = Book.DeepNetwork with { DropoutRatio = ratio }, LearningRate = Book.LearningRate,
        })], run), Book.Training(run), run.Epochs) { TrainCount = Images, TestCount = TestImages, TestEvery = 10 },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained)
    {
        var report = new StrengthReport(Ratios, trained.Accuracies(trained.Trainings[0]), trained.Run.Seeds.Count) { What = "dropout", Strength = "dropout ratio" };
        return report.Conclude(report.IsComplete ? [.. Findings(report.Kinds)] : []);
    }

    private static IEnumerable<ExperimentFinding> Findings(IReadOnlyList<AccuracyCurves> kinds)
    {
        var (none, most) = (kinds[0], kinds[^1]);
        yield return ExperimentFinding.Of(
            "dropout narrows the gap between training and test accuracy", Spread.Mean(most.Gap) < Spread.Mean(none.Gap) - 0.02,
            $"{Spread.Share(none.Gap)} without, {Spread.Share(most.Gap)} with {most.Name}");
        yield return ExperimentFinding.Of(
            "the training accuracy stays below 100 %", most.Train.OfSeeds.All(values => values.Max() < 1), $"{Spread.Share(most.Train.Final)} in the end with {most.Name}");
        yield return ExperimentFinding.Of(
            "at these settings it under-fits: the test accuracy falls too", Spread.Mean(most.Test.Final) < Spread.Mean(none.Test.Final) - 0.02,
            $"test accuracy {Spread.Share(none.Test.Final)} without, {string.Join(", ", kinds.Skip(1).Select(kind => $"{Spread.Share(kind.Test.Final)} with {kind.Name}"))}");
    }
}
