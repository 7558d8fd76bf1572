using System.Globalization;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
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

        /// <summary>Images to test with at most; null for all.</summary>
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

    /// <summary>A network for each strength and seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        new TrainingPlan("strengths", SeededReplicas.Of([.. settings.Strengths.Select(strength => new ReplicaSpec
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"λ = {strength}"), Network = Book.DeepNetwork, LearningRate = Book.LearningRate, WeightDecay = strength,
        })], settings), Book.Training(settings), settings.Epochs) { TrainCount = settings.Images, TestCount = settings.TestImages },
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records) =>
        new([.. settings.Strengths.Zip(Plans(settings)[0].Accuracies(records), (strength, accuracy) => new Decay(strength, accuracy))]);

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));
}
