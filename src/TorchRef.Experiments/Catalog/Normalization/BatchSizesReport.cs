using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What shrinking batches do to networks by what they normalise.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="sizes">For each size the accuracies of each kind of network.</param>
/// <param name="seeds">How many seeds.</param>
internal sealed class BatchSizesReport(BatchSizes experiment, IReadOnlyList<IReadOnlyList<AccuracyCurves>> sizes, int seeds)
{
    private readonly IReadOnlyList<(int size, IReadOnlyList<AccuracyCurves> kinds)> _begun = [.. experiment.Sizes.Zip(sizes).Where(one => one.Second.All(kind => kind.HasBegun))];

    public ExperimentOutcome Conclude()
    {
        LineChart curve = Final();
        return new ExperimentOutcome
        {
            Findings = _begun.Count == experiment.Sizes.Count ? [.. Findings()] : [],
            Tables = [Table()],
            Charts = _begun.Count == 0 ? [new NamedChart("final", curve)] : [new NamedChart("final", curve), new NamedChart("accuracy", Panels())],
            Curve = curve,
        };
    }

    private IEnumerable<ExperimentFinding> Findings()
    {
        var (least, most) = (_begun[0], _begun[^1]);
        IReadOnlyList<double> small = least.kinds[0].Test.Final, large = most.kinds[0].Test.Final;
        yield return ExperimentFinding.Of(
            "batch normalisation breaks down as the batch shrinks", Spread.Mean(small) < Spread.Mean(large) - 0.1,
            $"test accuracy {Spread.Share(large)} in batches of {most.size}, {Spread.Share(small)} in batches of {least.size}");
        IReadOnlyList<double> group = least.kinds[1].Test.Final, layer = least.kinds[2].Test.Final;
        yield return ExperimentFinding.Of(
            "GroupNorm and LayerNorm, which don't look at the batch, don't", Math.Min(Spread.Mean(group), Spread.Mean(layer)) > Spread.Mean(small) + 0.1,
            $"in batches of {least.size} GroupNorm {Spread.Share(group)}, LayerNorm {Spread.Share(layer)}; in batches of {most.size} {Spread.Share(most.kinds[1].Test.Final)} and {Spread.Share(most.kinds[2].Test.Final)}");
    }

    private ReportTable Table() => new()
    {
        Caption = $"Test accuracy after as many examples at each batch size; the learning rate is in proportion to it. {Spread.Caption(seeds)}",
        Columns = [ReportColumn.Number("batch size"), .. experiment.Kinds.Select(kind => ReportColumn.Number(kind.name))],
        Rows = [.. experiment.Sizes.Zip(sizes, (size, kinds) => (IReadOnlyList<string>)[$"{size}", .. kinds.Select(kind => Spread.Share(kind.Test.Final))])],
    };

    private LineChart Final() => new()
    {
        Title = "Test accuracy by batch size",
        XAxis = new Axis("batch size") { Scale = AxisScale.Log },
        YAxis = AccuracyCurves.AccuracyAxis with { Title = "test accuracy" },
        Caption = $"After as many examples at each size. {Spread.Caption(seeds)}",
        Series = _begun.Count == 0 ? [] : [.. experiment.Kinds.Select((kind, i) => Spread.Line(kind.name, [.. _begun.Select(one => (double)one.size)], [.. _begun.Select(one => one.kinds[i].Test.Final)]))],
    };

    private SmallMultiples Panels() => new()
    {
        Title = "Test accuracy during training by batch size",
        Caption = Spread.Caption(seeds),
        Columns = 3,
        Panels = [.. _begun.Select(one => new LineChart
        {
            Title = $"batches of {one.size}",
            XAxis = new Axis("epoch"),
            YAxis = AccuracyCurves.AccuracyAxis with { Title = "test accuracy" },
            Series = [.. one.kinds.SelectMany(kind => kind.Test.Lines())],
        })],
    };
}
