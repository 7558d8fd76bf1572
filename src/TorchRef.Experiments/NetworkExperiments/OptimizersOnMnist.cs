using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>How the loss falls with each optimiser of the study notes.</summary>
public static class OptimizersOnMnist
{
    private const double AdamLearningRate = 0.001;

    /// <summary>Settings; those of the study notes by default.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>20 measurements, a hundred updates apart: 1901 updates.</summary>
        public Settings() => Epochs = 20;

        /// <summary>Examples of a mini-batch.</summary>
        public int BatchSize { get; init; } = Book.LargeBatchSize;

        /// <summary>The optimisers and their learning rates.</summary>
        public IReadOnlyList<(OptimizerKind kind, double rate)> Optimizers { get; init; } =
        [
            (OptimizerKind.SGD, Book.LearningRate), (OptimizerKind.Momentum, Book.LearningRate), (OptimizerKind.AdaGrad, Book.LearningRate), (OptimizerKind.Adam, AdamLearningRate),
        ];

        /// <summary>A version for seconds: one seed, 501 updates.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1, Epochs = 6 };
    }

    /// <summary>What came out.</summary>
    /// <param name="Losses">In the order of the settings.</param>
    public sealed record Result(IReadOnlyList<BatchLosses> Losses);

    /// <summary>A network for each optimiser and seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        BatchLosses.Plan([.. settings.Optimizers.Select(optimizer => new ReplicaSpec
        {
            Name = optimizer.kind.ToString(), Network = Book.ShallowNetwork, Optimizer = new OptimizerSpec(optimizer.kind), LearningRate = optimizer.rate,
        })], settings, settings.BatchSize),
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records) => new(BatchLosses.Of(Plans(settings)[0], records));

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));
}
