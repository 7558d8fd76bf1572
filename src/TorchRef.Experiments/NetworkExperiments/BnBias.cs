using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The bias before batch normalisation: cancelled in training, not in evaluation.</summary>
public static class BnBias
{
    private const double Shift = 1;

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
    public sealed record Result(Spread PlainGradient, Spread NormalizedGradient, Spread TrainingChange, Spread EvaluationChange);

    /// <summary>Trains two networks a seed, and looks at their gradients and at what a shift of the biases does.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, ExperimentContext context)
    {
        var replicas = new SeededReplicas([.. new[] { null, new NormalizationSpec() }.Select(normalization => new ReplicaSpec
        {
            Name = normalization is null ? "plain" : "BN", Network = Book.MiddleNetwork with { Normalization = normalization }, LearningRate = Book.LearningRate,
        })], settings);
        var plan = new TrainingPlan("biases", replicas.All, Book.Training(settings) with { Precision = float64, KeepsGradients = true, MeasuresTest = false }, settings.Epochs)
        {
            TrainCount = settings.Images,
            TestCount = 0,
            Afterwards = (trainer, data, _) => [.. Enumerable.Range(0, settings.Seeds).SelectMany(seed => Measure(trainer, data, 2 * seed))],
        };
        var numbers = PlanRunner.Run("bn-bias", [plan], context)[0].Afterwards.Take(4 * settings.Seeds).Chunk(4).ToArray();
        Spread At(int place) => Spread.Of(numbers.Select(seed => seed[place]));
        return new Result(At(0), At(1), At(2), At(3));
    }

    private static double[] Measure(ReplicaTrainer trainer, TrainingData data, int first)
    {
        using var scope = NewDisposeScope();
        var images = data.Train.Images.narrow(0, 0, Book.BatchSize);    // [B, pixels]
        var (plain, normalized) = (LargestGradient(trainer, first), LargestGradient(trainer, first + 1));
        var evaluated = trainer.Probabilities(first + 1, images);       // [B, classes]
        var trained = trainer.BatchProbabilities(first + 1, images);    // [B, classes]
        trainer.Shift(first + 1, "affine0.bias", Shift);
        var inEvaluation = Difference(evaluated, trainer.Probabilities(first + 1, images));
        var inTraining = Difference(trained, trainer.BatchProbabilities(first + 1, images));
        trainer.Shift(first + 1, "affine0.bias", -Shift);
        return [plain, normalized, inTraining, inEvaluation];
    }

    private static double LargestGradient(ReplicaTrainer trainer, int replica) => trainer.GradientsOf(replica)["affine0.bias"].abs().max().item<double>();

    private static double Difference(Tensor one, Tensor other) => (one - other).abs().max().item<double>();
}
