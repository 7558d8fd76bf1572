using System.Globalization;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Search.Reports;

/// <summary>The charts of a search.</summary>
public static class SearchCharts
{
    private const int Shown = 20;

    /// <summary>All charts by file name.</summary>
    public static IReadOnlyList<(string name, Chart chart)> Of(SearchResult result)
    {
        var charts = new List<(string, Chart)>();
        if (result.Ranked.Count > 0) charts.Add(("best", Best(result)));
        if (result.Ranked.Count > 0) charts.AddRange(result.Settings.Space.Free.Select(parameter => ($"accuracy-{parameter.Name}", (Chart)Against(result, parameter))));
        if (result.Spaces.Count > 1) charts.AddRange(result.Settings.Space.Free.Where(parameter => Ends(parameter.Distribution!) is not null).Select(parameter => ($"ranges-{parameter.Name}", (Chart)Ranges(result, parameter))));
        if (result.Importance.Count > 0) charts.Add(("importance", Importance(result)));
        return charts;
    }

    /// <summary>The two ends of a numeric range; null for choices.</summary>
    internal static (double low, double high, bool log)? Ends(Distribution distribution) => distribution switch
    {
        FloatDistribution range => (range.Low, range.High, range.Log),
        IntDistribution range => (range.Low, range.High, range.Log),
        _ => null,
    };

    private static SmallMultiples Best(SearchResult result) => new()
    {
        Title = $"The best {Math.Min(Shown, result.Ranked.Count)} trials",
        Caption = "Solid: validation accuracy. Dashed: training accuracy.",
        Columns = 5,
        Panels = [.. result.Ranked.Take(Shown).Select(trial => new LineChart
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{trial.Number}: {trial.Value:F2}, lr {result.Settings.Space.LearningRate.Of(trial):G2}"),
            XAxis = new Axis("epoch"),
            YAxis = new Axis("accuracy") { Min = 0, Max = 1 },
            Series =
            [
                new LineSeries("validation", [.. trial.IntermediateValues.Values]) { X = [.. trial.IntermediateValues.Keys.Select(step => (double)step)], Color = 0, Dash = LineDash.Solid, Marker = Marker.None },
                new LineSeries("training", SearchResult.TrainingCurve(trial)) { Color = 0, Dash = LineDash.Dashed, Marker = Marker.None },
            ],
        })],
    };

    private static ScatterChart Against(SearchResult result, SearchParameter parameter) => new()
    {
        Title = $"{parameter.Name} against validation accuracy",
        XAxis = AxisOf(parameter),
        YAxis = new Axis("validation accuracy"),
        Series = [.. result.Ranked.GroupBy(SearchResult.RoundOf).OrderBy(round => round.Key).Select(round => new ScatterSeries($"round {round.Key + 1}", [.. round.Select(parameter.Of)], [.. round.Select(trial => trial.Value!.Value)]))],
    };

    private static RangeChart Ranges(SearchResult result, SearchParameter parameter) => new()
    {
        Title = $"Ranges of {parameter.Name} by round",
        ValueAxis = AxisOf(parameter),
        MarkName = "best of all",
        Rows = [.. result.Spaces.Select((space, round) =>
        {
            var (low, high, _) = Ends(space.Free.Single(free => free.Name == parameter.Name).Distribution!)!.Value;
            return new RangeRow($"round {round + 1}", low, high) { Mark = result.Winner is { } winner ? parameter.Of(winner) : null };
        })],
    };

    private static BarChart Importance(SearchResult result) => new()
    {
        Title = "What mattered",
        Caption = "Share of the variance of the ranks that a parameter explains beyond chance, in the first round.",
        Horizontal = true,
        Categories = [.. result.Importance.Select(importance => string.Create(CultureInfo.InvariantCulture, $"{importance.Name} (p = {importance.PValue:G2})"))],
        ValueAxis = new Axis("share explained") { Max = 1 },
        Series = [new BarSeries("share", [.. result.Importance.Select(importance => importance.Share)])],
    };

    private static Axis AxisOf(SearchParameter parameter) => new(parameter.Name) { Scale = Ends(parameter.Distribution!) is { log: true } ? AxisScale.Log : AxisScale.Linear };
}
