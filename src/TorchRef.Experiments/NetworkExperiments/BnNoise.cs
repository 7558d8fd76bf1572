using System.Globalization;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Training;
using static TorchSharp.torch;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>The noise of batch statistics, and the gap between training and test that it narrows, against the batch size.</summary>
public static class BnNoise
{
    private const int DrawsAtATime = 100_000;

    /// <summary>Settings.</summary>
    public sealed record Settings : ExperimentSettings
    {
        /// <summary>30 measurements, three seeds.</summary>
        public Settings() => (Epochs, Seeds) = (30, 3);

        /// <summary>Batch sizes for the noise of the statistics of N(0, 1).</summary>
        public IReadOnlyList<int> NoiseSizes { get; init; } = [2, 4, 8, 16, 32, 64, 128];

        /// <summary>Batches to draw at each size.</summary>
        public int Draws { get; init; } = 200_000;

        /// <summary>Batch sizes to train with.</summary>
        public IReadOnlyList<int> TrainingSizes { get; init; } = [8, 32, 128];

        /// <summary>Updates between two measurements, at every size: networks are compared after as many updates.</summary>
        public int UpdatesPerEpoch { get; init; } = 20;

        /// <summary>Images to train with.</summary>
        public int Images { get; init; } = Book.SmallSet;

        /// <summary>Images to test with at most; null for all.</summary>
        public int? TestImages { get; init; }

        /// <summary>η.</summary>
        public double LearningRate { get; init; } = 0.05;

        /// <summary>A version for seconds: one seed, fewer draws, 1000 test images.</summary>
        public static Settings Quick { get; } = new() { Seeds = 1, Epochs = 15, Draws = 50_000, TestImages = 1000 };
    }

    /// <summary>How much the statistics of a batch of N(0, 1) scatter.</summary>
    /// <param name="Size">m.</param>
    /// <param name="Mean">The standard deviation of the batch means, about 1/√m.</param>
    /// <param name="InverseDeviation">That of 1/σ_B; of little use at m = 2, where it has no expectation.</param>
    public sealed record Noise(int Size, double Mean, double InverseDeviation);

    /// <summary>The accuracies at one size.</summary>
    /// <param name="Size">m.</param>
    /// <param name="Normalized">With batch normalisation.</param>
    /// <param name="Plain">Without.</param>
    public sealed record Kind(int Size, AccuracyCurves Normalized, AccuracyCurves Plain);

    /// <summary>What came out.</summary>
    /// <param name="Noises">In the order of the settings.</param>
    /// <param name="Kinds">In the order of the settings.</param>
    public sealed record Result(IReadOnlyList<Noise> Noises, IReadOnlyList<Kind> Kinds);

    /// <summary>A training for each size: two networks a seed.</summary>
    public static IReadOnlyList<TrainingPlan> Plans(Settings settings) =>
    [
        .. settings.TrainingSizes.Select(size => new TrainingPlan(string.Create(CultureInfo.InvariantCulture, $"batches of {size}"),
            SeededReplicas.Of([.. new[] { new NormalizationSpec(), null }.Select(normalization => new ReplicaSpec
            {
                Name = normalization is null ? "plain" : "BN", Network = Book.MiddleNetwork with { Normalization = normalization }, LearningRate = settings.LearningRate,
            })], settings),
            Book.Training(settings) with { BatchSize = size, UpdatesPerEpoch = settings.UpdatesPerEpoch }, settings.Epochs) { TrainCount = settings.Images, TestCount = settings.TestImages }),
    ];

    /// <summary>What the records say; of an interrupted run as far as it came.</summary>
    public static Result Conclude(Settings settings, Records records) => new(
        [.. settings.NoiseSizes.Where(size => records.Has(MeanOf(size))).Select(size => new Noise(size, records.Number(MeanOf(size)), records.Number(InverseOf(size))))],
        [.. settings.TrainingSizes.Zip(Plans(settings), (size, plan) =>
        {
            var curves = plan.Accuracies(records);
            return new Kind(size, curves[0], curves[1]);
        })]);

    /// <summary>The part of a run that draws batches of N(0, 1); the trainings are the others.</summary>
    public static ExperimentPart NoisePart(Settings settings) => new("noise of the statistics", part =>
    {
        for (var i = 0; i < settings.NoiseSizes.Count; i++)
        {
            part.Report((double)i / settings.NoiseSizes.Count);
            Scatter(settings.NoiseSizes[i], settings, part.Records, part.Stop);
        }
    });

    /// <summary>Trains and concludes, without anything that could be resumed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result Run(Settings settings, DigitData digits, Action<TrainingPlan, double, string?>? progress = null, CancellationToken stop = default) =>
        Conclude(settings, PlanRunner.Run(Plans(settings), digits, progress, stop, NoisePart(settings)));

    private static void Scatter(int size, Settings settings, Records records, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(Seeds.Derive(settings.FirstSeed, Seeds.Sampling, size));
        List<Tensor> means = [], inverses = [];
        for (var drawn = 0; drawn < settings.Draws; drawn += DrawsAtATime)
        {
            stop.ThrowIfCancellationRequested();
            using var part = NewDisposeScope();
            var batches = randn([Math.Min(DrawsAtATime, settings.Draws - drawn), size], float64, CPU, generator: generator); // [draws, m]
            var mean = batches.mean([1L], keepdim: true);               // [draws, 1]
            var centred = batches - mean;                               // [draws, m]
            inverses.Add((centred * centred).mean([1L]).rsqrt_().MoveToOuterDisposeScope()); // [draws]
            means.Add(mean.squeeze(1).MoveToOuterDisposeScope());       // [draws]
        }
        records.Set(MeanOf(size), [Deviation(means)]);
        records.Set(InverseOf(size), [Deviation(inverses)]);
    }

    private static string MeanOf(int size) => FormattableString.Invariant($"noise/{size}/mean");

    private static string InverseOf(int size) => FormattableString.Invariant($"noise/{size}/inverse deviation");

    private static double Deviation(List<Tensor> parts) => cat(parts, 0).std().item<double>();
}
