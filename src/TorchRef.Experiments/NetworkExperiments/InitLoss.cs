using TorchRef.Experiments.Networks;
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

    /// <summary>Trains a network for each initialisation and seed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, ExperimentContext context)
    {
        InitialWeights[] initials = [InitialWeights.Deviation(0.01), InitialWeights.Xavier, InitialWeights.He];
        var replicas = new SeededReplicas([.. initials.Select(initial => new ReplicaSpec
        {
            Name = initial.Name, Network = Book.ShallowNetwork, Initial = initial, LearningRate = Book.LearningRate,
        })], settings);
        return new Result(BatchLosses.Of(replicas, PlanRunner.Run("init-loss", [BatchLosses.Plan(replicas, settings, settings.BatchSize)], context)[0]));
    }
}
