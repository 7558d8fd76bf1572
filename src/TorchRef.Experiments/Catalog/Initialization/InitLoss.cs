using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Catalog.Initialization;

/// <summary>How the loss falls from weights of σ = 0.01, Xavier's and He's, under a rectifier.</summary>
internal sealed record InitLoss : NetworkExperiment
{
    private static readonly IReadOnlyList<InitialWeights> s_inits = [InitialWeights.Deviation(0.01), InitialWeights.Xavier, InitialWeights.He];

    /// <summary>20 measurements, a hundred updates apart: 1901 updates.</summary>
    public InitLoss() => Epochs = 20;

    /// <inheritdoc/>
    public override string Name => "init-loss";

    /// <inheritdoc/>
    public override string Description => "how the loss falls from weights of σ = 0.01, Xavier's and He's: from small ones it stands still";

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 1, Epochs = 11 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        BatchLosses.Plan([.. s_inits.Select(initial => new ReplicaSpec { Name = initial.Name, Network = Book.ShallowNetwork, Initial = initial, LearningRate = Book.LearningRate })], run),
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained)
    {
        var losses = BatchLosses.Of(trained);
        var curve = BatchLosses.Chart("Loss during training, by the initial weights", losses, Spread.Caption(trained.Run.Seeds.Count));
        return new ExperimentOutcome
        {
            Findings = losses.All(loss => loss.After.Count > 1) ? [.. Findings(losses)] : [],
            Tables = [BatchLosses.Table("initial weights", losses, trained.Run.Seeds.Count)],
            Charts = [new NamedChart("loss", curve)],
            Curve = curve,
        };
    }

    private static IEnumerable<ExperimentFinding> Findings(IReadOnlyList<BatchLosses> losses)
    {
        var (small, xavier, he) = (losses[0], losses[1], losses[2]);
        double guessing = Math.Log(10);
        yield return ExperimentFinding.Of(
            "from weights of σ = 0.01 nothing is learned", Math.Abs(Spread.Mean(small.After.Final) - guessing) < 0.05,
            $"loss {Spread.Text(small.After.Final, 4)} after {small.Updates} updates; guessing one of ten classes costs {Spread.Number(guessing, 4)}");
        yield return ExperimentFinding.Of(
            "from Xavier's and He's the loss falls, from He's faster", Spread.Mean(xavier.Before.Area) < guessing - 0.3 && Spread.Mean(he.Before.Area) < Spread.Mean(xavier.Before.Area),
            $"mean loss of the whole training {Spread.Text(xavier.Before.Area)} and {Spread.Text(he.Before.Area)}, {Spread.Text(xavier.After.Final)} and {Spread.Text(he.After.Final)} in the end");
    }
}
