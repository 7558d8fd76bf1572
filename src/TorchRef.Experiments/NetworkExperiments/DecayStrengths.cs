using System.Globalization;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The over-fitting network with weight decay of several strengths.</summary>
public static class DecayStrengths
{
    /// <summary>Settings; those of the study notes by default.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>201 measurements.</summary>
        public Settings() => Epochs = 201;

        /// <summary>λ of the networks.</summary>
        public IReadOnlyList<double> Strengths { get; init; } = [0, 0.01, 0.1, 0.3];

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.SmallSet;

        /// <summary>Images to test with; null for all.</summary>
        public int? TestImages { get; init; }

        /// <summary>A version for seconds: two seeds, 1000 test images.</summary>
        public static Settings Quick { get; } = new() { Seeds = 2, TestImages = 1000 };
    }

    /// <summary>The accuracies with one strength.</summary>
    /// <param name="Strength">λ.</param>
    /// <param name="Accuracy">Along the training.</param>
    public sealed record Decay(double Strength, AccuracyCurves Accuracy);

    /// <summary>What came out.</summary>
    /// <param name="Decays">In the order of the settings.</param>
    public sealed record Result(IReadOnlyList<Decay> Decays);

    /// <summary>Trains a network for each strength and seed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, ExperimentContext context)
    {
        var replicas = new SeededReplicas([.. settings.Strengths.Select(strength => new ReplicaSpec
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"λ = {strength}"), Network = Book.DeepNetwork, LearningRate = Book.LearningRate, WeightDecay = strength,
        })], settings);
        var plan = new TrainingPlan("strengths", replicas.All, Book.Training(settings), settings.Epochs) { TrainCount = settings.Images, TestCount = settings.TestImages };
        var curves = AccuracyCurves.Of(replicas, PlanRunner.Run("weight-decay", [plan], context)[0]);
        return new Result([.. settings.Strengths.Select((strength, i) => new Decay(strength, curves[i]))]);
    }
}
