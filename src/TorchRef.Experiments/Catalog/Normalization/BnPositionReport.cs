using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>What the place of batch normalisation changes.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="kinds">For each activation the accuracies with each place.</param>
/// <param name="seeds">How many seeds.</param>
internal sealed class BnPositionReport(BnPosition experiment, IReadOnlyList<AccuracyCurves[]> kinds, int seeds)
{
    public ExperimentOutcome Conclude() => new()
    {
        Findings = kinds.All(places => places.All(place => place.HasBegun)) ? [.. Findings()] : [],
        Tables = [Table()],
        Charts = [new NamedChart("training", Panels("Training accuracy", curves => curves.Train)), new NamedChart("test", Panels("Test accuracy", curves => curves.Test))],
        Curve = Panel(0, curves => curves.Train) with { Title = $"Training accuracy with {experiment.Activations[0]}" },
    };

    private IEnumerable<ExperimentFinding> Findings()
    {
        double[] worst = [.. kinds.Select(places => places.Take(2).Min(place => Spread.Mean(place.Train.Final)))];
        yield return ExperimentFinding.Of(
            "networks learn with batch normalisation in either place", worst.Min() > 0.8,
            string.Join("; ", kinds.Select((places, i) => $"{experiment.Activations[i]}: training accuracy {Spread.Share(places[0].Train.Final)} before, {Spread.Share(places[1].Train.Final)} after")));
        foreach ((ActivationKind activation, AccuracyCurves[] places) in experiment.Activations.Zip(kinds))
        {
            if (activation != ActivationKind.Sigmoid) continue;
            yield return ExperimentFinding.Of(
                "five layers of sigmoids learn nothing without it", Spread.Mean(places[2].Train.Final) < 0.3, $"training accuracy {Spread.Share(places[2].Train.Final)}");
        }

        double[] gains = [.. kinds.Select(places => Spread.Mean(places[0].Train.Area) - Spread.Mean(places[2].Train.Area)), .. kinds.Select(places => Spread.Mean(places[1].Train.Area) - Spread.Mean(places[2].Train.Area))];
        yield return ExperimentFinding.Of(
            "with it in either place they learn faster than without", gains.Min() > 0, $"mean training accuracy of all epochs from {Spread.Number(gains.Min())} to {Spread.Number(gains.Max())} higher");
    }

    private ReportTable Table() => new()
    {
        Caption = $"Accuracy at the end. {Spread.Caption(seeds)}",
        Columns = [new ReportColumn("activation"), new ReportColumn("batch normalisation"), ReportColumn.Number("training"), ReportColumn.Number("test"), ReportColumn.Number("mean training accuracy")],
        Rows = [.. from i in Enumerable.Range(0, kinds.Count)
                   from place in Enumerable.Range(0, BnPosition.Places.Count)
                   let curves = kinds[i][place]
                   select (IReadOnlyList<string>)[$"{experiment.Activations[i]}", BnPosition.Places[place], Spread.Share(curves.Train.Final), Spread.Share(curves.Test.Final), Spread.Share(curves.Train.Area)]],
    };

    private SmallMultiples Panels(string title, Func<AccuracyCurves, Curve> curve) => new()
    {
        Title = $"{title} by the place of batch normalisation",
        Caption = Spread.Caption(seeds),
        Columns = 3,
        Panels = [.. Enumerable.Range(0, kinds.Count).Select(i => Panel(i, curve))],
    };

    private LineChart Panel(int activation, Func<AccuracyCurves, Curve> curve) => new()
    {
        Title = $"{experiment.Activations[activation]}",
        XAxis = new Axis("epoch"),
        YAxis = AccuracyCurves.AccuracyAxis,
        Series = [.. kinds[activation].Zip(BnPosition.Places, (curves, place) => curve(curves).Lines(place == "nowhere" ? "no BN" : $"BN {place}")).SelectMany(lines => lines)],
    };
}
