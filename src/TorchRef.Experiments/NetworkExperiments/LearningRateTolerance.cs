using System.Globalization;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Which learning rates and initial scales a network can be trained with, with and without batch normalisation.</summary>
public static class LearningRateTolerance
{
    /// <summary>Settings.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>20 measurements, three seeds.</summary>
        public Settings() => (Epochs, Seeds) = (20, 3);

        /// <summary>The learning rates.</summary>
        public IReadOnlyList<double> Rates { get; init; } = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];

        /// <summary>The standard deviations of the initial weights.</summary>
        public IReadOnlyList<double> Deviations { get; init; } = [1, 0.3, 0.1, 0.03, 0.01, 0.001];

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.MiddleSet;

        /// <summary>The training accuracy from which on a network counts as trained.</summary>
        public double Threshold { get; init; } = 0.9;

        /// <summary>A version for seconds: one seed, fewer rates and scales.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1, Rates = [0.003, 0.03, 0.3, 3], Deviations = [0.3, 0.03, 0.001] };
    }

    /// <summary>The training accuracy at one point of the grid.</summary>
    /// <param name="Rate">η.</param>
    /// <param name="Deviation">The standard deviation of the initial weights.</param>
    /// <param name="Plain">Without batch normalisation.</param>
    /// <param name="Normalized">With it.</param>
    public sealed record Point(double Rate, double Deviation, Curve Plain, Curve Normalized);

    /// <summary>What came out.</summary>
    /// <param name="Points">Rate by rate, in the order of the settings.</param>
    /// <param name="Threshold">From which mean training accuracy on a point counts.</param>
    public sealed record Result(IReadOnlyList<Point> Points, double Threshold)
    {
        /// <summary>At how many points the plain network trains.</summary>
        public int PlainTrains => Points.Count(point => Trains(point.Plain));

        /// <summary>At how many points the normalised network trains.</summary>
        public int NormalizedTrains => Points.Count(point => Trains(point.Normalized));

        private bool Trains(Curve curve) => curve.Count > 0 && curve.Final.Mean >= Threshold;
    }

    /// <summary>Two networks for each point and seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        new TrainingPlan("grid", SeededReplicas.Of([.. Grid(settings).SelectMany(point => new[] { null, new NormalizationSpec() }.Select(normalization => new ReplicaSpec
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{(normalization is null ? "plain" : "BN")}, η {point.rate}, std {point.deviation}"),
            Network = Book.MiddleNetwork with { Normalization = normalization },
            Initial = InitialWeights.Deviation(point.deviation),
            LearningRate = point.rate,
        }))], settings), Book.Training(settings) with { MeasuresTest = false }, settings.Epochs) { TrainCount = settings.Images, TestCount = 0 },
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records)
    {
        var curves = Plans(settings)[0].Curves(records, Measures.TrainAccuracy);
        return new Result([.. Grid(settings).Select((point, i) => new Point(point.rate, point.deviation, curves[2 * i], curves[2 * i + 1]))], settings.Threshold);
    }

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop));

    private static IEnumerable<(double rate, double deviation)> Grid(Settings settings) =>
        settings.Rates.SelectMany(rate => settings.Deviations.Select(deviation => (rate, deviation)));
}
