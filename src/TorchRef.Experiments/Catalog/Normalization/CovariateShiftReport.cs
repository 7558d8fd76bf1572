using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What shifted images and drifting layer inputs show.</summary>
internal sealed class CovariateShiftReport(Records records, IReadOnlyList<ulong> seeds)
{
    private const string Accuracy = "test accuracy";
    private const string Adapted = "test accuracy, statistics of the test batch";

    public ExperimentOutcome Conclude()
    {
        LineChart curve = Shifted();
        return new ExperimentOutcome
        {
            Findings = [.. Findings()],
            Tables = [Table()],
            Charts = [new NamedChart("shift", curve), new NamedChart("drift", Drift())],
            Curve = curve,
        };
    }

    private List<IReadOnlyList<double>> Runs(bool normalized, string what, int? length = null) =>
        [.. seeds.Select(seed => $"seed {seed}/{CovariateShift.Kind(normalized)}/{what}").Where(records.Has).Select(name => records[name]).Where(run => run.Count == (length ?? CovariateShift.Shifts.Count))];

    private List<double> LastDrift(bool normalized, int layer)
    {
        string name = $"drift of the input of layer {layer}";
        return [.. seeds.Where(seed => records.Has($"seed {seed}/{CovariateShift.Kind(normalized)}/{Accuracy}")).Select(seed => records[$"seed {seed}/{CovariateShift.Kind(normalized)}/{name}"][^1])];
    }

    private IEnumerable<ExperimentFinding> Findings()
    {
        (List<IReadOnlyList<double>> plain, List<IReadOnlyList<double>> running, List<IReadOnlyList<double>> adapted) = (Runs(false, Accuracy), Runs(true, Accuracy), Runs(true, Adapted));
        if (plain.Count == 0 || adapted.Count == 0) yield break;
        string Change(List<IReadOnlyList<double>> runs) => $"{Spread.Number(runs.Average(run => run[0]))} → {Spread.Number(runs.Average(run => run[^1]))}";
        double Loss(List<IReadOnlyList<double>> runs) => runs.Average(run => run[0] - run[^1]);
        yield return ExperimentFinding.Of("a network that learned one distribution predicts a shifted one badly", Loss(plain) > 0.2, $"accuracy {Change(plain)} when every pixel is {Spread.Number(CovariateShift.Shifts[^1])} brighter");
        yield return ExperimentFinding.Of("with batch normalisation and its running statistics shifted images are predicted badly too", Loss(running) > 0.2, $"accuracy {Change(running)}");
        yield return ExperimentFinding.Of("with the statistics of the shifted batch itself they are predicted as well as the others", Math.Abs(Loss(adapted)) < 0.02, $"accuracy {Change(adapted)}");
        (List<double> first, List<double> last) = (LastDrift(false, 2), LastDrift(false, CovariateShift.Layers));
        (List<double> firstNormalized, List<double> lastNormalized) = (LastDrift(true, 2), LastDrift(true, CovariateShift.Layers));
        yield return ExperimentFinding.Of("during training the inputs of later layers drift further than those of earlier ones", Spread.Mean(last) > Spread.Mean(first), $"without BN {Spread.Text(first)} standard deviations at layer 2, {Spread.Text(last)} at layer {CovariateShift.Layers}");
        yield return ExperimentFinding.Of("with batch normalisation the last layer's input drifts less", Spread.Mean(lastNormalized) < Spread.Mean(last), $"{Spread.Text(lastNormalized)} at layer {CovariateShift.Layers} ({Spread.Text(firstNormalized)} at layer 2), against {Spread.Text(last)}");
    }

    private ReportTable Table() => new()
    {
        Caption = $"Accuracy on test images that are brighter by δ. {Spread.Caption(seeds.Count)}",
        Columns = [ReportColumn.Number("δ"), ReportColumn.Number("without BN"), ReportColumn.Number("BN, running statistics"), ReportColumn.Number("BN, the batch's own")],
        Rows = [.. CovariateShift.Shifts.Select((shift, i) => (IReadOnlyList<string>)
            [Spread.Number(shift), .. new[] { (false, Accuracy), (true, Accuracy), (true, Adapted) }.Select(one => Spread.Text([.. Runs(one.Item1, one.Item2).Select(run => run[i])]))])],
    };

    private LineChart Shifted() => new()
    {
        Title = "Accuracy on test images that are brighter than the training images",
        XAxis = new Axis("brighter by δ"),
        YAxis = new Axis("accuracy") { Min = 0, Max = 1 },
        Caption = Spread.Caption(seeds.Count),
        Series = [.. new[] { ("without BN", false, Accuracy), ("BN, running statistics", true, Accuracy), ("BN, the batch's own statistics", true, Adapted) }
            .Where(one => Runs(one.Item2, one.Item3).Count > 0)
            .Select(one => LineSeries.OfRuns(one.Item1, Runs(one.Item2, one.Item3)) with { X = CovariateShift.Shifts })],
    };

    private SmallMultiples Drift() => new()
    {
        Title = "How far the inputs of the layers drift during training",
        Caption = Spread.Caption(seeds.Count),
        Columns = 2,
        Panels = [.. new[] { false, true }.Select(normalized => new LineChart
        {
            Title = CovariateShift.Kind(normalized),
            XAxis = new Axis("step"),
            YAxis = new Axis("drift") { Unit = "standard deviations" },
            Series = [.. Enumerable.Range(2, CovariateShift.Layers - 1).Select(layer => (layer, runs: Drifts(normalized, layer))).Where(one => one.runs.Count > 0)
                .Select(one => LineSeries.OfRuns($"layer {one.layer}", one.runs) with { X = Probed(normalized), Marker = Charts.Marker.None })],
        })],
    };

    private List<IReadOnlyList<double>> Drifts(bool normalized, int layer) =>
        Runs(normalized, $"drift of the input of layer {layer}", Probed(normalized).Count);

    private IReadOnlyList<double> Probed(bool normalized) =>
        seeds.Select(seed => $"seed {seed}/{CovariateShift.Kind(normalized)}/probed after step").Where(records.Has).Select(name => records[name]).MaxBy(run => run.Count) ?? [];
}
