using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Gradients;

/// <summary>What the sizes of gradients through the layers show.</summary>
internal sealed class VanishingGradientsReport(Records records, IReadOnlyList<ulong> seeds)
{
    public ExperimentOutcome Conclude()
    {
        LineChart curve = Ratios();
        return new ExperimentOutcome
        {
            Findings = [.. Findings()],
            Tables = [Table()],
            Charts = [new NamedChart("ratios", curve), new NamedChart("layers", Layers())],
            Curve = curve,
        };
    }

    /// <summary>The first layer's gradient over the last layer's, for each seed that is done.</summary>
    public IReadOnlyList<double> Ratio(string function, bool normalized, int depth) =>
        [.. seeds.Select(seed => VanishingGradients.Key(seed, function, normalized, depth)).Where(records.Has).Select(name => records[name][0] / records[name][^1])];

    private double Mean(string function, bool normalized, int depth) => Spread.GeometricMean(Ratio(function, normalized, depth));

    private IEnumerable<ExperimentFinding> Findings()
    {
        int deepest = VanishingGradients.Depths[^1];
        if (!VanishingGradients.Functions.All(function => Ratio(function.Name, true, deepest).Count > 0)) yield break;
        double[] sigmoid = [.. VanishingGradients.Depths.Select(depth => Mean("sigmoid, Xavier", false, depth))];
        (double cost, double tanh, double relu) = (PerLayer("sigmoid, Xavier", false), PerLayer("tanh, Xavier", false), PerLayer("ReLU, He", false));
        (double mended, double grown) = (PerLayer("sigmoid, Xavier", true), PerLayer("ReLU, He", true));
        yield return ExperimentFinding.Of("behind sigmoids gradients vanish with depth", sigmoid[^1] < 1e-8, $"first over last layer at depth {string.Join(", ", VanishingGradients.Depths)}: {string.Join(", ", sigmoid.Select(ratio => Spread.Number(ratio, 2)))}");
        yield return ExperimentFinding.Of("each sigmoid costs about three quarters of the gradient, as its largest slope, ¼, lets expect", cost is > 0.2 and < 0.26, $"a factor of {Spread.Number(cost)} for each layer");
        yield return ExperimentFinding.Of("tanh with Xavier's and ReLU with He's initialisation keep gradients nearly as large as they are", tanh is > 0.9 and < 1.1 && relu is > 0.9 and < 1.1, $"factors of {Spread.Number(tanh)} and {Spread.Number(relu)} for each layer");
        yield return ExperimentFinding.Of("with batch normalisation sigmoids keep their gradients", mended > 0.9, $"a factor of {Spread.Number(mended)} for each layer, {Spread.Number(Mean("sigmoid, Xavier", true, deepest), 2)} at depth {deepest}");
        yield return ExperimentFinding.Of("batch normalisation in front of ReLUs makes gradients grow on their way back, by about √(π/(π − 1)) = 1.21 for each layer", grown is > 1.1 and < 1.35, $"a factor of {Spread.Number(grown)} for each layer");
    }

    /// <summary>What a layer more does to the ratio, from the smallest depth to the largest.</summary>
    private double PerLayer(string function, bool normalized)
    {
        (int least, int most) = (VanishingGradients.Depths[0], VanishingGradients.Depths[^1]);
        return Math.Pow(Mean(function, normalized, most) / Mean(function, normalized, least), 1.0 / (most - least));
    }

    private ReportTable Table() => new()
    {
        Caption = $"Gradient of the first layer's weights over that of the last layer's; geometric mean of {seeds.Count} {(seeds.Count == 1 ? "seed" : "seeds")}",
        Columns = [new ReportColumn("network"), .. VanishingGradients.Depths.Select(depth => ReportColumn.Number($"depth {depth}"))],
        Rows = [.. from normalized in new[] { false, true }
                   from function in VanishingGradients.Functions
                   select (IReadOnlyList<string>)
                   [
                       $"{function.Name}{(normalized ? ", BN" : "")}",
                       .. VanishingGradients.Depths.Select(depth => Spread.Number(Mean(function.Name, normalized, depth))),
                   ]],
    };

    private LineChart Ratios() => new()
    {
        Title = "How much of the gradient reaches the first layer",
        XAxis = new Axis("layers"),
        YAxis = new Axis("gradient of first / of last layer") { Scale = AxisScale.Log },
        Caption = $"Geometric mean of {seeds.Count} {(seeds.Count == 1 ? "seed" : "seeds; bands from the smallest to the largest")}.",
        Series = [.. from normalized in new[] { false, true }
                     from function in VanishingGradients.Functions
                     let ratios = VanishingGradients.Depths.Select(depth => Ratio(function.Name, normalized, depth)).ToList()
                     where ratios.All(ratio => ratio.Count > 0)
                     select new LineSeries($"{function.Name}{(normalized ? ", BN" : "")}", [.. ratios.Select(Spread.GeometricMean)])
                     {
                         X = [.. VanishingGradients.Depths.Select(depth => (double)depth)],
                         Low = [.. ratios.Select(ratio => ratio.Min())],
                         High = [.. ratios.Select(ratio => ratio.Max())],
                         Dash = normalized ? LineDash.Dashed : LineDash.Solid,
                     }],
    };

    private LineChart Layers()
    {
        int depth = VanishingGradients.Depths[^1];
        return new LineChart
        {
            Title = $"Size of the gradients of {depth} layers",
            XAxis = new Axis("layer"),
            YAxis = new Axis("root mean square of ∂L/∂W") { Scale = AxisScale.Log },
            Caption = $"Geometric mean of {seeds.Count} {(seeds.Count == 1 ? "seed" : "seeds")}.",
            Series = [.. from normalized in new[] { false, true }
                         from function in VanishingGradients.Functions
                         let runs = seeds.Select(seed => VanishingGradients.Key(seed, function.Name, normalized, depth)).Where(records.Has).Select(name => records[name]).ToList()
                         where runs.Count > 0
                         select new LineSeries($"{function.Name}{(normalized ? ", BN" : "")}", [.. Enumerable.Range(0, depth).Select(layer => Spread.GeometricMean([.. runs.Select(run => run[layer])]))])
                         {
                             X = [.. Enumerable.Range(1, depth).Select(layer => (double)layer)],
                             Dash = normalized ? LineDash.Dashed : LineDash.Solid,
                             Marker = Charts.Marker.None,
                         }],
        };
    }
}
