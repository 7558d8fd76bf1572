using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>How the loss falls from weights of σ = 0.01, Xavier's and He's, under a rectifier.</summary>
public static class InitLoss
{
    /// <summary>Settings; those of the study notes by default.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>20 measurements, a hundred updates apart: 1901 updates.</summary>
        public Settings() => Epochs = 20;

        /// <summary>Examples of a mini-batch.</summary>
        public int BatchSize { get; init; } = Book.LargeBatchSize;

        /// <summary>A version for seconds: one seed, 1001 updates.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1, Epochs = 11 };
    }

    /// <summary>What came out.</summary>
    /// <param name="Losses">σ = 0.01, Xavier, He.</param>
    public sealed record Result(IReadOnlyList<BatchLosses> Losses);

    /// <summary>A network for each initialisation and seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        BatchLosses.Plan([.. new[] { InitialWeights.Deviation(0.01), InitialWeights.Xavier, InitialWeights.He }.Select(initial => new ReplicaSpec
        {
            Name = initial.Name, Network = Book.ShallowNetwork, Initial = initial, LearningRate = Book.LearningRate,
        })], settings, settings.BatchSize),
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records) => new(BatchLosses.Of(Plans(settings)[0], records));

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));
}
