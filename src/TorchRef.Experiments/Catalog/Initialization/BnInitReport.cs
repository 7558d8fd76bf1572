using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Initialization;

/// <summary>What the accuracies from initial weights of many scales show.</summary>
/// <param name="scales">From the largest deviation to the smallest.</param>
/// <param name="seeds">How many seeds.</param>
internal sealed class BnInitReport(IReadOnlyList<InitialScale> scales, int seeds)
{
    /// <summary>Classes are ten: what gets no further than this has learned nothing to speak of.</summary>
    private const double Stuck = 0.2;

    public ExperimentOutcome Conclude()
    {
        LineChart curve = Final();
        return new ExperimentOutcome
        {
            Findings = scales.All(scale => scale.HasBegun) ? [.. Findings()] : [],
            Tables = [Table()],
            Charts = [new NamedChart("scales", Panels()), new NamedChart("final", curve)],
            Curve = curve,
        };
    }

    private static string Name(InitialScale scale) => $"σ = {Spread.Number(scale.Deviation)}";

    private IEnumerable<ExperimentFinding> Findings()
    {
        List<InitialScale> lost = [.. scales.Where(scale => !scale.NormalizedWins)];
        int wins = scales.Count - lost.Count;
        yield return ExperimentFinding.Of(
            "with batch normalisation networks learn faster from nearly all scales", wins >= 0.8 * scales.Count,
            $"they are ahead at {wins} of {scales.Count} scales in the end{(lost.Count == 0 ? "" : $"; plain networks are at {string.Join(", ", lost.Select(scale => $"{Name(scale)} ({Spread.Share(scale.Plain.Final)} against {Spread.Share(scale.Normalized.Final)})"))}")}");
        int stuck = scales.Count(scale => Spread.Mean(scale.Plain.Final) < Stuck), stuckNormalized = scales.Count(scale => Spread.Mean(scale.Normalized.Final) < Stuck);
        yield return ExperimentFinding.Of(
            "from most scales a plain network learns nothing, with batch normalisation from none", stuck > scales.Count / 2 && stuckNormalized == 0,
            $"{stuck} of {scales.Count} plain networks end below {Spread.Number(Stuck)}, {stuckNormalized} with batch normalisation");
        List<double> finals = [.. scales.Select(scale => Spread.Mean(scale.Normalized.Final))];
        yield return ExperimentFinding.Of(
            "the scale matters with batch normalisation too", finals.Max() - finals.Min() > 0.2,
            $"final accuracies from {Spread.Share(finals.Min())} ({Name(scales[finals.IndexOf(finals.Min())])}) to {Spread.Share(finals.Max())} ({Name(scales[finals.IndexOf(finals.Max())])})");
    }

    private ReportTable Table() => new()
    {
        Caption = $"Training accuracy in the end, by the standard deviation of the initial weights. {Spread.Caption(seeds)}",
        Columns = [ReportColumn.Number("σ"), ReportColumn.Number("plain"), ReportColumn.Number("BN"), new ReportColumn("ahead")],
        Rows = [.. scales.Select(scale => (IReadOnlyList<string>)
            [Spread.Number(scale.Deviation), Spread.Share(scale.Plain.Final), Spread.Share(scale.Normalized.Final), !scale.HasBegun ? "–" : scale.NormalizedWins ? "BN" : "plain"])],
    };

    private SmallMultiples Panels() => new()
    {
        Title = $"Training accuracy from initial weights of {scales.Count} scales",
        Caption = $"σ is the standard deviation of the initial weights. {Spread.Caption(seeds)}",
        Columns = 4,
        Panels = [.. scales.Select(scale => new LineChart
        {
            Title = Name(scale),
            XAxis = new Axis("epoch"),
            YAxis = AccuracyCurves.AccuracyAxis,
            Series = [.. scale.Normalized.Lines("batch normalisation"), .. scale.Plain.Lines("plain")],
        })],
    };

    private LineChart Final()
    {
        List<InitialScale> begun = [.. scales.Where(scale => scale.HasBegun).OrderBy(scale => scale.Deviation)];
        LineSeries Line(string name, Func<InitialScale, Curve> curve) => Spread.Line(name, [.. begun.Select(scale => scale.Deviation)], [.. begun.Select(scale => curve(scale).Final)]);
        return new LineChart
        {
            Title = "Training accuracy in the end, by the scale of the initial weights",
            XAxis = new Axis("standard deviation of the initial weights") { Scale = AxisScale.Log },
            YAxis = AccuracyCurves.AccuracyAxis,
            Caption = Spread.Caption(seeds),
            Series = begun.Count == 0 ? [] : [Line("batch normalisation", scale => scale.Normalized), Line("plain", scale => scale.Plain)],
        };
    }
}
