using System.Globalization;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The over-fitting network with dropout of several ratios.</summary>
public static class DropoutRatios
{
    /// <summary>Settings; those of the study notes by default.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>301 measurements.</summary>
        public Settings() => Epochs = 301;

        /// <summary>The shares of units that the networks drop in training.</summary>
        public IReadOnlyList<double> Ratios { get; init; } = [0, 0.1, 0.15, 0.2];

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.SmallSet;

        /// <summary>Images to test with at most; null for all.</summary>
        public int? TestImages { get; init; }

        /// <summary>A version for seconds: two seeds, 1000 test images.</summary>
        public static Settings Quick { get; } = new() { Seeds = 2, TestImages = 1000 };
    }

    /// <summary>The accuracies with one ratio.</summary>
    /// <param name="Ratio">The share of units that training drops.</param>
    /// <param name="Accuracy">Along the training, in evaluation.</param>
    public sealed record Kind(double Ratio, AccuracyCurves Accuracy);

    /// <summary>What came out.</summary>
    /// <param name="Kinds">In the order of the settings.</param>
    public sealed record Result(IReadOnlyList<Kind> Kinds);

    /// <summary>A network for each ratio and seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        new TrainingPlan("ratios", SeededReplicas.Of([.. settings.Ratios.Select(ratio => new ReplicaSpec
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"ratio {ratio}"), Network = Book.DeepNetwork with { DropoutRatio = ratio }, LearningRate = Book.LearningRate,
        })], settings), Book.Training(settings), settings.Epochs) { TrainCount = settings.Images, TestCount = settings.TestImages },
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records) =>
        new([.. settings.Ratios.Zip(Plans(settings)[0].Accuracies(records), (ratio, accuracy) => new Kind(ratio, accuracy))]);

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));
}
