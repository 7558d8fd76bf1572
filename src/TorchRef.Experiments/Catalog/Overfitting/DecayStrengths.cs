using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Overfitting;

/// <summary>The over-fitting network with weight decay of several strengths.</summary>
internal sealed record DecayStrengths : NetworkExperiment
{
    /// <summary>201 measurements.</summary>
    public DecayStrengths() => Epochs = 201;

    /// <inheritdoc/>
    public override string Name => "weight-decay";

    /// <inheritdoc/>
    public override string Description => "weight decay narrows the gap between training and test accuracy: by lowering the first, not by raising the second";

    /// <summary>λ of the networks, from none to the strongest; the study notes look at the next to last.</summary>
    public IReadOnlyList<double> Strengths { get; init; } = [0, 0.01, 0.1, 0.3];

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.SmallSet;

    /// <summary>Images to test with at most; null for all.</summary>
    public int? TestImages { get; init; }

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 2, TestImages = 1000 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("strengths", SeededReplicas.Of([.. Strengths.Select(strength => new ReplicaSpec
        {
            Name = $"λ = {Exact.Text(strength)}", Network = Book.DeepNetwork, LearningRate = Book.LearningRate, WeightDecay = strength,
        })], run), Book.Training(run), run.Epochs) { TrainCount = Images, TestCount = TestImages, TestEvery = 10 },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained)
    {
        var report = new StrengthReport(Strengths, trained.Accuracies(trained.Trainings[0]), trained.Run.Seeds.Count) { What = "weight decay", Strength = "λ" };
        return report.Conclude(report.IsComplete ? [.. Findings(report.Kinds)] : []);
    }

    private IEnumerable<ExperimentFinding> Findings(IReadOnlyList<AccuracyCurves> kinds)
    {
        var (none, strong, strongest) = (kinds[0], kinds[^2], kinds[^1]);
        string name = strong.Name;
        yield return ExperimentFinding.Of(
            "weight decay narrows the gap between training and test accuracy", Spread.Mean(strong.Gap) < Spread.Mean(none.Gap) - 0.02,
            $"{Spread.Share(none.Gap)} without, {Spread.Share(strong.Gap)} with {name}");
        yield return ExperimentFinding.Of(
            "it does so because the training accuracy falls", Spread.Mean(strong.Train.Final) < Spread.Mean(none.Train.Final) - 0.02,
            $"training accuracy {Spread.Share(none.Train.Final)} without, {Spread.Share(strong.Train.Final)} with {name}");
        yield return ExperimentFinding.Of(
            "the test accuracy is no better for it", Spread.Mean(strong.Test.Final) <= Spread.Mean(none.Test.Final),
            $"test accuracy {Spread.Share(none.Test.Final)} without, {Spread.Share(strong.Test.Final)} with {name}");
        yield return ExperimentFinding.Of(
            "too strong a decay learns nothing", Spread.Mean(strongest.Train.Final) < 0.3, $"training accuracy {Spread.Share(strongest.Train.Final)} with {strongest.Name}");
    }
}
