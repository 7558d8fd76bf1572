using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Catalog.Initialization;

/// <summary>What a grid of learning rates and initial scales shows.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="points">Rate by rate, in the order of the experiment.</param>
/// <param name="seeds">How many seeds.</param>
internal sealed class LearningRateReport(LearningRateTolerance experiment, IReadOnlyList<GridPoint> points, int seeds)
{
    private const string Plain = "plain", Normalized = "batch normalisation";

    public ExperimentOutcome Conclude()
    {
        LineChart curve = ByRate();
        bool begun = points.All(point => point.Plain.Count > 0);
        return new ExperimentOutcome
        {
            Findings = begun ? [.. Findings()] : [],
            Tables = [Table()],
            Charts = begun ? [new NamedChart("grid", Maps()), new NamedChart("rates", curve)] : [new NamedChart("rates", curve)],
            Curve = curve,
        };
    }

    private bool Trains(IReadOnlyList<double> accuracies) => accuracies.Count > 0 && Spread.Mean(accuracies) >= experiment.Threshold;

    private IEnumerable<GridPoint> At(double rate) => points.Where(point => point.Rate == rate);

    private IEnumerable<ExperimentFinding> Findings()
    {
        int plain = points.Count(point => Trains(point.Plain)), normalized = points.Count(point => Trains(point.Normalized));
        yield return ExperimentFinding.Of(
            "with batch normalisation more learning rates and initial scales work", normalized > plain,
            $"{normalized} of {points.Count} points of the grid reach a training accuracy of {Spread.Number(experiment.Threshold)}, {plain} without");
        double[] plainRates = [.. Rates(point => point.Plain)], normalizedRates = [.. Rates(point => point.Normalized)];
        yield return ExperimentFinding.Of(
            "with batch normalisation larger learning rates work", normalizedRates.Length > 0 && normalizedRates.Max() > plainRates.DefaultIfEmpty(0).Max(),
            $"rates that work from some scale: with it {Range(normalizedRates)}; without {Range(plainRates)}");
        int plainScales = Scales(point => point.Plain), normalizedScales = Scales(point => point.Normalized);
        yield return ExperimentFinding.Of(
            "with batch normalisation more initial scales work", normalizedScales > plainScales,
            $"for {normalizedScales} of {experiment.Deviations.Count} scales there is a learning rate that works, for {plainScales} without");
    }

    /// <summary>The rates that work from some scale.</summary>
    private IEnumerable<double> Rates(Func<GridPoint, IReadOnlyList<double>> accuracies) => experiment.Rates.Where(rate => At(rate).Any(point => Trains(accuracies(point))));

    /// <summary>From how many scales some rate works.</summary>
    private int Scales(Func<GridPoint, IReadOnlyList<double>> accuracies) =>
        experiment.Deviations.Count(deviation => points.Any(point => point.Deviation == deviation && Trains(accuracies(point))));

    private static string Range(double[] rates) => rates.Length == 0 ? "none" : string.Join(", ", rates.Select(rate => Spread.Number(rate)));

    private ReportTable Table() => new()
    {
        Caption = $"From how many of {experiment.Deviations.Count} initial scales the training accuracy reaches {Spread.Number(experiment.Threshold)}. {Spread.Caption(seeds)}",
        Columns = [ReportColumn.Number("learning rate"), ReportColumn.Number("plain"), ReportColumn.Number("BN"), ReportColumn.Number("best plain accuracy"), ReportColumn.Number("best BN accuracy")],
        Rows = [.. experiment.Rates.Select(rate => (IReadOnlyList<string>)
        [
            Spread.Number(rate), $"{At(rate).Count(point => Trains(point.Plain))}", $"{At(rate).Count(point => Trains(point.Normalized))}",
            Best(rate, point => point.Plain), Best(rate, point => point.Normalized),
        ])],
    };

    private string Best(double rate, Func<GridPoint, IReadOnlyList<double>> accuracies) =>
        At(rate).Select(accuracies).Where(values => values.Count > 0).MaxBy(Spread.Mean) is { } best ? Spread.Share(best) : "–";

    private SmallMultiples Maps()
    {
        HeatMap Map(string title, Func<GridPoint, IReadOnlyList<double>> accuracies)
        {
            var values = new double[experiment.Deviations.Count, experiment.Rates.Count];
            for (int row = 0; row < experiment.Deviations.Count; row++)
                for (int column = 0; column < experiment.Rates.Count; column++)
                    values[row, column] = Spread.Mean(accuracies(points[column * experiment.Deviations.Count + row]));
            return new HeatMap
            {
                Title = title,
                Values = values,
                ColorAxis = new ColorAxis("training accuracy") { Min = 0, Max = 1 },
                XAxis = new Axis("learning rate"),
                YAxis = new Axis("σ of the initial weights"),
                ColumnNames = [.. experiment.Rates.Select(rate => Spread.Number(rate))],
                RowNames = [.. experiment.Deviations.Select(deviation => Spread.Number(deviation))],
            };
        }

        return new SmallMultiples
        {
            Title = "Training accuracy by learning rate and scale of the initial weights",
            Caption = Spread.Caption(seeds),
            Columns = 2,
            Panels = [Map(Plain, point => point.Plain), Map(Normalized, point => point.Normalized)],
        };
    }

    private LineChart ByRate() => new()
    {
        Title = "From what share of the initial scales a learning rate works",
        XAxis = new Axis("learning rate") { Scale = AxisScale.Log },
        YAxis = new Axis("share of the initial scales") { Min = 0, Max = 1 },
        Caption = $"Of {experiment.Deviations.Count} scales; a rate works where the mean training accuracy of all seeds reaches {Spread.Number(experiment.Threshold)}.",
        Series = points.All(point => point.Plain.Count == 0) ? [] : [Line(Normalized, point => point.Normalized), Line(Plain, point => point.Plain)],
    };

    private LineSeries Line(string name, Func<GridPoint, IReadOnlyList<double>> accuracies) =>
        new(name, [.. experiment.Rates.Select(rate => At(rate).Count(point => Trains(accuracies(point))) / (double)experiment.Deviations.Count)]) { X = experiment.Rates };
}
