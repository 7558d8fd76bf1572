using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Activations;

/// <summary>What the histograms of activations show.</summary>
internal sealed class ActivationReport(Records records, IReadOnlyList<ulong> seeds)
{
    private const int Last = ActivationHistograms.Layers - 1;

    public ExperimentOutcome Conclude()
    {
        LineChart curve = StdByLayer("tanh");
        return new ExperimentOutcome
        {
            Findings = [.. Findings()],
            Tables = [Table("std", "Standard deviation of the activations of layer 5")],
            Charts =
            [
                .. ActivationHistograms.Functions.SelectMany(function => Grids(function.Name, function.Low, function.High)),
                .. ActivationHistograms.Functions.Select(function => new NamedChart($"std-{function.Name.ToLowerInvariant()}", StdByLayer(function.Name))),
            ],
            Curve = curve,
        };
    }

    /// <summary>The values of layer 5 over the seeds that are done.</summary>
    private List<double> OfLast(string function, string init, bool normalized, string what) =>
        [.. seeds.Select(seed => $"{ActivationHistograms.Key(seed, function, init, normalized)}/{what}")
            .Where(name => records.Has(name) && records[name].Count > Last).Select(name => records[name][Last])];

    private IEnumerable<ExperimentFinding> Findings()
    {
        List<double> saturated = OfLast("sigmoid", "std 1", false, "outside 0.1 to 0.9"), alike = OfLast("sigmoid", "std 0.01", false, "std");
        List<double> spread = OfLast("sigmoid", "std 1", false, "std");
        if (saturated.Count > 0)
            yield return ExperimentFinding.Of("with weights of std 1 the sigmoid's outputs crowd at 0 and 1, where its gradient vanishes", Spread.Mean(saturated) > 0.5, $"{Spread.Percent(Spread.Mean(saturated))} lie outside [0.1, 0.9] in layer 5");
        if (alike.Count > 0)
            yield return ExperimentFinding.Of("with weights of std 0.01 all outputs are nearly alike", Spread.Mean(alike) < Spread.Mean(spread) / 10, $"std {Spread.Text(alike)} in layer 5, against {Spread.Text(spread)} with std 1");
        List<double> died = OfLast("ReLU", "std 0.01", false, "std"), xavier = OfLast("ReLU", "Xavier", false, "std"), he = OfLast("ReLU", "He", false, "std");
        if (he.Count > 0)
            yield return ExperimentFinding.Of("He's initialisation keeps the spread through ReLUs, Xavier's loses some of it in each layer, 0.01 loses it all", Spread.Mean(he) > 0.5 && Spread.Mean(xavier) < Spread.Mean(he) / 2 && Spread.Mean(died) < 1e-3, $"std {Spread.Text(he)} with He, {Spread.Text(xavier)} with Xavier, {Spread.Text(died)} with 0.01");
        foreach ((string function, _, _) in ActivationHistograms.Functions)
        {
            (double plain, double normalized) = (Range(function, false), Range(function, true));
            if (double.IsNaN(plain) || double.IsNaN(normalized)) continue;
            yield return ExperimentFinding.Of($"with batch normalisation the spread of {function} hardly depends on the initialisation", normalized < 1.1, $"the largest std of layer 5 is {Spread.Number(normalized, 4)} times the smallest, against {Spread.Number(plain)} times without");
        }
    }

    /// <summary>The largest mean std of layer 5 over the smallest, over the initialisations.</summary>
    private double Range(string function, bool normalized)
    {
        List<double> stds = [.. ActivationHistograms.Inits.Select(init => Spread.Mean(OfLast(function, init.Name, normalized, "std")))];
        return stds.Max() / stds.Min();
    }

    private ReportTable Table(string what, string caption) => new()
    {
        Caption = $"{caption}. {Spread.Caption(seeds.Count)}",
        Columns = [new ReportColumn("activation"), .. ActivationHistograms.Inits.Select(init => ReportColumn.Number(init.Name))],
        Rows = [.. from function in ActivationHistograms.Functions
                   from normalized in new[] { false, true }
                   select (IReadOnlyList<string>)
                   [
                       normalized ? $"BN, {function.Name}" : function.Name,
                       .. ActivationHistograms.Inits.Select(init => Spread.Text(OfLast(function.Name, init.Name, normalized, what))),
                   ]],
    };

    private LineChart StdByLayer(string function) => new()
    {
        Title = $"Spread of {function} through the layers, by initialisation",
        XAxis = new Axis("layer"),
        YAxis = new Axis("standard deviation") { Scale = AxisScale.Log },
        Caption = Spread.Caption(seeds.Count),
        Series = [.. from normalized in new[] { false, true }
                     from i in Enumerable.Range(0, ActivationHistograms.Inits.Count)
                     let init = ActivationHistograms.Inits[i]
                     let runs = seeds.Select(seed => $"{ActivationHistograms.Key(seed, function, init.Name, normalized)}/std").Where(records.Has).Select(name => records[name]).Where(run => run.Count == ActivationHistograms.Layers).ToList()
                     where runs.Count > 0
                     select LineSeries.OfRuns(normalized ? $"{init.Name}, BN" : init.Name, runs) with { X = [1, 2, 3, 4, 5], Color = i, Dash = normalized ? LineDash.Dashed : LineDash.Solid }],
    };

    /// <summary>Histograms of the first seed: a row for each initialisation, a column for each layer.</summary>
    private IEnumerable<NamedChart> Grids(string function, double low, double high)
    {
        foreach (bool normalized in new[] { false, true })
        {
            List<PanelChart> panels = [.. from init in ActivationHistograms.Inits
                                          from layer in Enumerable.Range(1, ActivationHistograms.Layers)
                                          let key = $"{ActivationHistograms.Key(seeds[0], function, init.Name, normalized)}/layer {layer}"
                                          where records.Has($"{key}/counts")
                                          select Panel($"{init.Name}, layer {layer}", key, function, low, high)];
            if (panels.Count == 0) continue;
            yield return new NamedChart($"histograms-{function.ToLowerInvariant()}{(normalized ? "-bn" : "")}", new SmallMultiples
            {
                Title = $"Activations of {function}, {(normalized ? "with" : "without")} batch normalisation before it",
                Caption = $"Seed {seeds[0]}; 1000 inputs, 100 units a layer.{(function == "ReLU" ? " The last bar holds all that is larger." : "")}",
                Columns = ActivationHistograms.Layers,
                Panels = panels,
            });
        }
    }

    private Histogram Panel(string title, string key, string function, double low, double high) => new()
    {
        Title = title,
        XAxis = new Axis($"output of {function}"),
        AsShare = true,
        Bins = new HistogramBins
        {
            Edges = [.. Enumerable.Range(0, ActivationHistograms.Bins + 1).Select(i => low + (high - low) * i / ActivationHistograms.Bins)],
            Counts = [.. records[$"{key}/counts"].Select(count => (long)count)],
        },
    };
}
