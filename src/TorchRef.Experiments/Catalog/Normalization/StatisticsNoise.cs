using TorchRef.Experiments.Running;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>How much the statistics of mini-batches of N(0, 1) scatter.</summary>
/// <param name="Size">m, the examples of a mini-batch.</param>
/// <param name="Mean">The standard deviation of μ_B: 1/√m.</param>
/// <param name="InverseDeviation">That of 1/σ_B; of little use at m = 2, where it has no expectation.</param>
internal sealed record StatisticsNoise(int Size, double Mean, double InverseDeviation)
{
    private const int DrawsAtATime = 100_000;

    /// <summary>The part of a run that draws the mini-batches.</summary>
    /// <param name="sizes">m.</param>
    /// <param name="draws">How many of each size.</param>
    /// <param name="seed">The seed.</param>
    public static ExperimentPart Part(IReadOnlyList<int> sizes, int draws, ulong seed) => new("noise of the statistics", part =>
    {
        foreach (int size in sizes) Scatter(part, size, draws, seed);
    });

    /// <summary>What the part has recorded.</summary>
    public static IReadOnlyList<StatisticsNoise> Of(IReadOnlyList<int> sizes, Records records) =>
        [.. sizes.Where(size => records.Has(InverseOf(size))).Select(size => new StatisticsNoise(size, records.Number(MeanOf(size)), records.Number(InverseOf(size))))];

    private static void Scatter(PartContext part, int size, int draws, ulong seed)
    {
        using var scope = NewDisposeScope();
        using Generator generator = RandomStream.Create(seed, FormattableString.Invariant($"batches of {size}"));
        List<Tensor> means = [], inverses = [];
        for (int drawn = 0; drawn < draws; drawn += DrawsAtATime)
        {
            part.Report((double)drawn / draws, $"batches of {size}");
            using var inner = NewDisposeScope();
            var batches = randn([Math.Min(DrawsAtATime, draws - drawn), size], float64, generator: generator); // [draws, m]
            var mean = batches.mean([1L], keepdim: true);                       // [draws, 1]
            var centred = batches - mean;                                       // [draws, m]
            inverses.Add((centred * centred).mean([1L]).rsqrt_().MoveToOuterDisposeScope()); // [draws]
            means.Add(mean.squeeze(1).MoveToOuterDisposeScope());               // [draws]
        }

        part.Records.Set(MeanOf(size), Deviation(means));
        part.Records.Set(InverseOf(size), Deviation(inverses));
    }

    private static string MeanOf(int size) => FormattableString.Invariant($"noise/{size}/mean");

    private static string InverseOf(int size) => FormattableString.Invariant($"noise/{size}/inverse deviation");

    private static double Deviation(List<Tensor> parts) => cat(parts, 0).std().item<double>();
}
