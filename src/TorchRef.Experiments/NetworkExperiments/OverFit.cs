using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>A network of seven layers on 300 images: it learns them by heart.</summary>
public static class OverFit
{
    /// <summary>Settings; those of the study notes by default.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>201 measurements.</summary>
        public Settings() => Epochs = 201;

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.SmallSet;

        /// <summary>Images to test with at most; null for all.</summary>
        public int? TestImages { get; init; }

        /// <summary>η.</summary>
        public double LearningRate { get; init; } = Book.LearningRate;

        /// <summary>A version for seconds: two seeds, 2000 test images.</summary>
        public static Settings Quick { get; } = new() { Seeds = 2, TestImages = 2000 };
    }

    /// <summary>What came out.</summary>
    /// <param name="Accuracy">Along the training.</param>
    public sealed record Result(AccuracyCurves Accuracy);

    /// <summary>One network a seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        new TrainingPlan("network", SeededReplicas.Of([new ReplicaSpec { Name = "network", Network = Book.DeepNetwork, LearningRate = settings.LearningRate }], settings),
            Book.Training(settings), settings.Epochs) { TrainCount = settings.Images, TestCount = settings.TestImages },
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records) => new(Plans(settings)[0].Accuracies(records)[0]);

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));
}
