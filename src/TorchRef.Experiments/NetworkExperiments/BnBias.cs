using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The bias before batch normalisation: cancelled in training, not in evaluation.</summary>
public static class BnBias
{
    private const double By = 1;
    private const string Bias = "affine0.bias", Gradient = "largest gradient of a bias", TrainingChange = "change in training", EvaluationChange = "change in evaluation";

    /// <summary>Settings.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>5 measurements.</summary>
        public Settings() => Epochs = 5;

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.MiddleSet;

        /// <summary>A version for seconds: one seed, 2 measurements.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1, Epochs = 2 };
    }

    /// <summary>What came out, each over the seeds; computed in float64.</summary>
    /// <param name="PlainGradient">The largest gradient of a bias of the first layer without batch normalisation.</param>
    /// <param name="NormalizedGradient">The same before batch normalisation: round-off.</param>
    /// <param name="TrainingChange">
    /// By how much the probabilities of a mini-batch change at most, with its own statistics, when 1 is added to all biases of
    /// the first layer.
    /// </param>
    /// <param name="EvaluationChange">The same with running statistics.</param>
    public sealed record Result(OverSeeds PlainGradient, OverSeeds NormalizedGradient, OverSeeds TrainingChange, OverSeeds EvaluationChange);

    /// <summary>Two networks a seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        new TrainingPlan("biases", SeededReplicas.Of([.. new[] { null, new NormalizationSpec() }.Select(normalization => new ReplicaSpec
        {
            Name = normalization is null ? "plain" : "BN", Network = Book.MiddleNetwork with { Normalization = normalization }, LearningRate = Book.LearningRate,
        })], settings), Book.Training(settings) with { Precision = float64, KeepsGradients = true, MeasuresTest = false }, settings.Epochs)
        {
            TrainCount = settings.Images, TestCount = 0, Afterwards = Measure,
        },
    ];

    /// <summary>What the records say; null before the networks are trained.</summary>
    public static Result? Conclude(Settings settings, Records records)
    {
        var plan = Plans(settings)[0];
        var numbers = plan.Replicas.Chunk(2).Where(pair => records.Has(plan.RecordOf(pair[1], EvaluationChange))).ToArray();
        if (numbers.Length == 0) return null;
        OverSeeds Of(int kind, string measure) => OverSeeds.Of(numbers.Select(pair => records.Number(plan.RecordOf(pair[kind], measure))));
        return new Result(Of(0, Gradient), Of(1, Gradient), Of(1, TrainingChange), Of(1, EvaluationChange));
    }

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop))!;

    private static void Measure(TrainedNetworks trained)
    {
        for (var plain = 0; plain < trained.Plan.Replicas.Count; plain += 2)
        {
            using var scope = NewDisposeScope();
            var (trainer, normalized) = (trained.Trainer, plain + 1);
            var images = trained.Data.Train.Images.narrow(0, 0, Book.BatchSize); // [B, pixels]
            trained.Record(plain, Gradient, LargestGradient(trainer, plain));
            trained.Record(normalized, Gradient, LargestGradient(trainer, normalized));
            var evaluated = trainer.Probabilities(normalized, images);  // [B, classes]
            var batch = trainer.BatchProbabilities(normalized, images); // [B, classes]
            trainer.Shift(normalized, Bias, By);
            trained.Record(normalized, TrainingChange, Difference(batch, trainer.BatchProbabilities(normalized, images)));
            trained.Record(normalized, EvaluationChange, Difference(evaluated, trainer.Probabilities(normalized, images)));
        }
    }

    private static double LargestGradient(ReplicaTrainer trainer, int replica) => trainer.GradientsOf(replica)[Bias].abs().max().item<double>();

    private static double Difference(Tensor one, Tensor other) => (one - other).abs().max().item<double>();
}
