using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Batch normalisation before the activation, after it, and not at all.</summary>
public static class BnPosition
{
    /// <summary>Settings.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>20 measurements.</summary>
        public Settings() => Epochs = 20;

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.MiddleSet;

        /// <summary>Images to test with at most; null for all.</summary>
        public int? TestImages { get; init; }

        /// <summary>The activations to try it with.</summary>
        public IReadOnlyList<ActivationKind> Activations { get; init; } = [ActivationKind.ReLU, ActivationKind.Sigmoid, ActivationKind.Tanh];

        /// <summary>A version for seconds: two seeds, 2000 test images.</summary>
        public static Settings Quick { get; } = new() { Seeds = 2, TestImages = 2000 };
    }

    /// <summary>The accuracies with one activation.</summary>
    /// <param name="Activation">Which.</param>
    /// <param name="Before">Batch normalisation before it.</param>
    /// <param name="After">After it.</param>
    /// <param name="Plain">Without.</param>
    public sealed record Kind(ActivationKind Activation, AccuracyCurves Before, AccuracyCurves After, AccuracyCurves Plain);

    /// <summary>What came out.</summary>
    /// <param name="Kinds">In the order of the settings.</param>
    public sealed record Result(IReadOnlyList<Kind> Kinds);

    /// <summary>Three networks for each activation and seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings)
    {
        NormalizationSpec?[] places = [new(), new() { Place = NormalizationPlace.AfterActivation }, null];
        return
        [
            new TrainingPlan("places", SeededReplicas.Of([.. settings.Activations.SelectMany(activation => places.Select(place => new ReplicaSpec
            {
                Name = $"{activation}, BN {place?.Place switch { NormalizationPlace.BeforeActivation => "before", NormalizationPlace.AfterActivation => "after", _ => "nowhere" }}",
                Network = Book.MiddleNetwork with { Activation = activation, Normalization = place },
                Initial = activation == ActivationKind.ReLU ? InitialWeights.He : InitialWeights.Xavier,
                LearningRate = Book.LearningRate,
            }))], settings), Book.Training(settings), settings.Epochs) { TrainCount = settings.Images, TestCount = settings.TestImages },
        ];
    }

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records)
    {
        var curves = Plans(settings)[0].Accuracies(records);
        return new Result([.. settings.Activations.Select((activation, i) => new Kind(activation, curves[3 * i], curves[3 * i + 1], curves[3 * i + 2]))]);
    }

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));
}
