using System.Globalization;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>How fast networks learn from weights of 16 scales, with and without batch normalisation.</summary>
public static class BnInit
{
    /// <summary>Settings; those of the study notes by default.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>20 measurements.</summary>
        public Settings() => Epochs = 20;

        /// <summary>How many standard deviations, evenly spaced in their logarithm from 1 down to 1e-4.</summary>
        public int Scales { get; init; } = 16;

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.MiddleSet;

        /// <summary>η.</summary>
        public double LearningRate { get; init; } = Book.LearningRate;

        /// <summary>A version for seconds: one seed.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1 };

        /// <summary>The deviations.</summary>
        public IReadOnlyList<double> Deviations => [.. Enumerable.Range(0, Scales).Select(i => Math.Pow(10, -4.0 * i / Math.Max(1, Scales - 1)))];
    }

    /// <summary>The training accuracy from one scale.</summary>
    /// <param name="Deviation">The standard deviation of the initial weights.</param>
    /// <param name="Plain">Without batch normalisation.</param>
    /// <param name="Normalized">With it.</param>
    public sealed record Scale(double Deviation, Curve Plain, Curve Normalized)
    {
        /// <summary>Whether batch normalisation ends with the better mean.</summary>
        public bool NormalizedWins => Normalized.Count > 0 && Normalized.Final.Mean > Plain.Final.Mean;
    }

    /// <summary>What came out.</summary>
    /// <param name="Scales">From the largest deviation to the smallest.</param>
    public sealed record Result(IReadOnlyList<Scale> Scales)
    {
        /// <summary>From how many scales batch normalisation ends with the better mean.</summary>
        public int Wins => Scales.Count(scale => scale.NormalizedWins);
    }

    /// <summary>For each scale a plain network and one with batch normalisation.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        new TrainingPlan("scales", SeededReplicas.Of(
        [
            .. settings.Deviations.SelectMany(deviation => new[] { null, new NormalizationSpec() }.Select(normalization => new ReplicaSpec
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{(normalization is null ? "plain" : "BN")}, std {deviation:G3}"),
                Network = Book.MiddleNetwork with { Normalization = normalization },
                Initial = InitialWeights.Deviation(deviation),
                LearningRate = settings.LearningRate,
            })),
        ], settings), Book.Training(settings) with { MeasuresTest = false }, settings.Epochs) { TrainCount = settings.Images, TestCount = 0 },
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records)
    {
        var curves = Plans(settings)[0].Curves(records, Measures.TrainAccuracy);
        return new Result([.. settings.Deviations.Select((deviation, i) => new Scale(deviation, curves[2 * i], curves[2 * i + 1]))]);
    }

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));
}
