using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Optimizers;

/// <summary>Six optimisers: their ways down a valley, and how the loss of a network falls with each.</summary>
internal sealed record OptimizerComparison : NetworkExperiment
{
    /// <summary>20 measurements, a hundred updates apart: 1901 updates.</summary>
    public OptimizerComparison() => Epochs = 20;

    /// <inheritdoc/>
    public override string Name => "optimizers";

    /// <inheritdoc/>
    public override string Description => "six optimisers: their ways down x²/20 + y², and how the loss of a network falls with each";

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 1, Epochs = 6 };

    /// <inheritdoc/>
    protected override IEnumerable<Setting> OwnSettings =>
    [
        new("valley", "x²/20 + y²"),
        new("start in the valley", [Valley.Start.X, Valley.Start.Y]),
        new("points of a way", Valley.Points),
        .. OptimizerRule.All.Select(rule => new Setting($"learning rates of {rule.Name} in the valley and with digits", [rule.ValleyRate, rule.DigitsRate])),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<ExperimentPart> OtherParts(TrainingRun run) => [.. OptimizerRule.All.Select(Valley.Part)];

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        BatchLosses.Plan([.. OptimizerRule.All.Select(rule => new ReplicaSpec
        {
            Name = rule.Name, Network = Book.ShallowNetwork, Optimizer = new OptimizerSpec(rule.Kind), LearningRate = rule.DigitsRate,
        })], run),
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained) =>
        new OptimizersReport(Valley.Paths(trained.Records), BatchLosses.Of(trained), trained.Run.Seeds.Count).Conclude();
}
