using TorchRef.Experiments.Charts;
using TorchRef.Experiments.NetworkExperiments;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Overfitting;

/// <summary>What the accuracies of an over-fitting network show when something is done against it, more and more strongly.</summary>
/// <param name="strengths">How strongly, from nothing to the strongest.</param>
/// <param name="kinds">The accuracies with each.</param>
/// <param name="seeds">Of how many seeds.</param>
internal sealed class StrengthReport(IReadOnlyList<double> strengths, IReadOnlyList<AccuracyCurves> kinds, int seeds)
{
    /// <summary>What is done, such as <c>weight decay</c>.</summary>
    public required string What { get; init; }

    /// <summary>What its strength is called, such as <c>λ</c>.</summary>
    public required string Strength { get; init; }

    public IReadOnlyList<AccuracyCurves> Kinds => kinds;

    public bool IsComplete => kinds.All(kind => kind.HasBegun);

    public ExperimentOutcome Conclude(IReadOnlyList<ExperimentFinding> findings) => new()
    {
        Findings = findings,
        Tables = [Table()],
        Charts = [new NamedChart("accuracy", Panels()), new NamedChart("strength", Bars())],
        Curve = new LineChart
        {
            Title = $"Test accuracy with {What}",
            XAxis = new Axis("epoch"),
            YAxis = AccuracyCurves.AccuracyAxis,
            Series = [.. kinds.SelectMany(kind => kind.Test.Lines())],
        },
    };

    private ReportTable Table() => new()
    {
        Caption = $"Accuracy at the end. {Spread.Caption(seeds)}",
        Columns = [new ReportColumn(What), ReportColumn.Number("training"), ReportColumn.Number("test"), ReportColumn.Number("difference")],
        Rows = [.. kinds.Select(kind => (IReadOnlyList<string>)[kind.Name, Spread.Share(kind.Train.Final), Spread.Share(kind.Test.Final), Spread.Share(kind.Gap)])],
    };

    private SmallMultiples Panels() => new()
    {
        Title = $"Training and test accuracy with {What}",
        Caption = Spread.Caption(seeds),
        Columns = 2,
        Panels = [.. kinds.Select(kind => kind.Chart(kind.Name))],
    };

    private BarChart Bars() => new()
    {
        Title = $"Accuracy at the end by the strength of {What}",
        Caption = Spread.Caption(seeds),
        Categories = [.. strengths.Select(strength => Spread.Number(strength))],
        CategoryAxis = new Axis(Strength),
        ValueAxis = AccuracyCurves.AccuracyAxis,
        Series = [Spread.Bars("training", kinds.Select(kind => kind.Train.Final)), Spread.Bars("test", kinds.Select(kind => kind.Test.Final))],
    };
}
