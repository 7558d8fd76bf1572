using TorchRef.Experiments.Running;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Catalog.Inputs;

/// <summary>What normalised inputs do to linear regression: the valley of the loss becomes a bowl.</summary>
/// <remarks>
/// 500 flats: area in m² from N(100, 30²), number of rooms from N(3, 1); price = 2·area + 20·rooms + noise. The loss is
/// ½·mean((w·x − y)²) in two weights, so its curvature is H = XᵀX/n. Gradient descent takes the learning rate 1/λmax, the
/// largest that no direction oscillates at, until it is a millionth of the starting distance away from the minimum.
/// </remarks>
internal sealed class InputNormalization : IExperiment
{
    private const int Samples = 500;
    private const int MostSteps = 10_000_000;
    public const int Starts = 8;

    /// <summary>What is done to the inputs.</summary>
    public static readonly IReadOnlyList<string> Variants = ["raw", "mean taken off", "normalised"];

    public string Name => "input-normalization";

    public string Description => "how normalising the inputs turns the long valley of a linear regression into a round bowl";

    public RequestParts Uses => RequestParts.Seeds;

    public ExperimentPlan Plan(RunRequest request)
    {
        IReadOnlyList<ulong> seeds = request.SeedsOr(usual: 5, quick: 2);
        return new ExperimentPlan
        {
            Seeds = seeds,
            Settings =
            [
                new Setting("area in m²", "N(100, 30²)"),
                new Setting("rooms", "N(3, 1)"),
                new Setting("price", "2·area + 20·rooms + N(0, 10²)"),
                new Setting("samples", Samples),
                new Setting("learning rate", "1/λmax of the curvature"),
                new Setting("starts", "8, on a circle of radius 1 around the minimum"),
            ],
            Parts = [.. from seed in seeds from variant in Variants select new ExperimentPart($"seed {seed}, {variant}", part => Measure(part, seed, variant))],
            Conclude = records => new InputNormalizationReport(records, seeds).Conclude(),
        };
    }

    private static void Measure(PartContext part, ulong seed, string variant)
    {
        using var scope = NewDisposeScope();
        using Generator draws = RandomStream.Create(seed, "flats");
        var area = randn(Samples, float64, generator: draws) * 30 + 100;        // [500]
        var rooms = randn(Samples, float64, generator: draws) + 3;              // [500]
        var price = area * 2 + rooms * 20 + randn(Samples, float64, generator: draws) * 10; // [500]
        var features = stack([area, rooms], 1);                                 // [500, 2]
        if (variant != "raw") price -= price.mean();                            // [500]
        if (variant == "mean taken off") features -= features.mean([0]);        // [500, 2]
        if (variant == "normalised")
        {
            using var standardize = new InputStandardization(2);
            features = standardize.Fit(features).call(features);                // [500, 2]
        }

        var curvature = features.t().mm(features) / Samples;                    // [2, 2]
        var slope = features.t().mv(price) / Samples;                           // [2]
        var bowl = new Bowl(Entry(curvature, 0, 0), Entry(curvature, 0, 1), Entry(curvature, 1, 1));
        (double x, double y) = bowl.Solve(slope[0].item<double>(), slope[1].item<double>());
        string key = $"seed {seed}/{variant}";
        part.Records.Set($"{key}/curvature", bowl.XX, bowl.XY, bowl.YY);
        part.Records.Set($"{key}/minimum", x, y);
        part.Records.Set($"{key}/condition number", bowl.Condition);
        for (int start = 0; start < Starts; start++)
        {
            part.Report((double)start / Starts, $"start {start + 1} of {Starts}");
            double angle = 2 * Math.PI * start / Starts;
            part.Records.Append($"{key}/steps by start", bowl.StepsToMinimum(Math.Cos(angle), Math.Sin(angle), MostSteps, part.Stop));
        }
    }

    private static double Entry(Tensor matrix, int row, int column) => matrix[row, column].item<double>();
}
