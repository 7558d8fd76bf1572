using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>The bias before batch normalisation: cancelled in training, not in evaluation. In float64, so that round-off is told from a gradient.</summary>
internal sealed record BnBias : NetworkExperiment
{
    /// <summary>The largest gradient of a bias of the first layer, at each measurement.</summary>
    public const string Gradient = "largest gradient of a bias";

    /// <summary>
    /// By how much the probabilities of a mini-batch change at most when 1 is added to all biases of the first layer: with the
    /// statistics of the batch, and with running statistics.
    /// </summary>
    public const string TrainingChange = "change in training", EvaluationChange = "change in evaluation";

    /// <summary>The two networks.</summary>
    public const string Plain = "plain", Normalized = "BN";

    private const double By = 1;
    private const string Bias = "affine0.bias";

    /// <summary>20 measurements.</summary>
    public BnBias() => Epochs = 20;

    /// <inheritdoc/>
    public override string Name => "bn-bias";

    /// <inheritdoc/>
    public override string Description => "the bias before batch normalisation is cancelled: in training, but not in evaluation";

    /// <summary>Images to train with.</summary>
    public int Images { get; init; } = Book.MiddleSet;

    /// <inheritdoc/>
    protected override NetworkExperiment Quick => this with { Seeds = 2, Epochs = 5 };

    /// <inheritdoc/>
    protected override IReadOnlyList<TrainingPlan> Trainings(TrainingRun run) =>
    [
        new TrainingPlan("biases", SeededReplicas.Of(
        [
            new ReplicaSpec { Name = Plain, Network = Book.MiddleNetwork, LearningRate = Book.LearningRate },
            new ReplicaSpec { Name = Normalized, Network = Book.MiddleNetwork with { Normalization = new NormalizationSpec() }, LearningRate = Book.LearningRate },
        ], run), Book.Training(run) with { Precision = float64, KeepsGradients = true, MeasuresTest = false }, run.Epochs)
        {
            TrainCount = Images, TestCount = 0, AtEpoch = MeasureGradients, Afterwards = MeasureChanges,
        },
    ];

    /// <inheritdoc/>
    protected override ExperimentOutcome Conclude(TrainingRecords trained) => new BnBiasReport(trained).Conclude();

    private static void MeasureGradients(TrainedNetworks trained)
    {
        for (var replica = 0; replica < trained.Plan.Replicas.Count; replica++)
        {
            using var scope = NewDisposeScope();
            trained.Append(replica, Gradient, trained.Trainer.GradientsOf(replica)[Bias].abs().max().item<double>());
        }
    }

    private static void MeasureChanges(TrainedNetworks trained)
    {
        for (var replica = 0; replica < trained.Plan.Replicas.Count; replica++)
        {
            if (trained.Plan.Replicas[replica].Name != Normalized) continue;
            using var scope = NewDisposeScope();
            var images = trained.Data.Train.Images.narrow(0, 0, Book.BatchSize); // [B, pixels]
            var evaluated = trained.Trainer.Probabilities(replica, images); // [B, classes]
            var batch = trained.Trainer.BatchProbabilities(replica, images); // [B, classes]
            trained.Trainer.Shift(replica, Bias, By);
            trained.Record(replica, TrainingChange, Difference(batch, trained.Trainer.BatchProbabilities(replica, images)));
            trained.Record(replica, EvaluationChange, Difference(evaluated, trained.Trainer.Probabilities(replica, images)));
        }
    }

    private static double Difference(Tensor one, Tensor other) => (one - other).abs().max().item<double>();
}
