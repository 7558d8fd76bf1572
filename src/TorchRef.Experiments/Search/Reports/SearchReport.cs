using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Search.Reports;

/// <summary>Writes what a search found: report.html, results.json and each chart as SVG.</summary>
public static class SearchReport
{
    private const int Listed = 10;
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Writes all files, each whole or not at all.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="folder">Where to; made when it isn't there.</param>
    public static void Write(SearchResult result, string folder)
    {
        var charts = SearchCharts.Of(result);
        foreach (var (name, chart) in charts) chart.Write(Path.Combine(folder, $"{name}.svg"));
        new HtmlReport { Title = "Hyper-parameter search", Blocks = Blocks(result, charts) }.Write(Path.Combine(folder, "report.html"));
        TextFile.Write(Path.Combine(folder, "results.json"), Json(result).ToJsonString(s_indented));
    }

    /// <summary>What the winner is, in a line.</summary>
    public static string WinnerLine(SearchResult result) => result is { Winner: { } winner, Test: { } test }
        ? string.Create(CultureInfo.InvariantCulture, $"winner: trial {winner.Number}, validation accuracy {winner.Value:F4}; test accuracy {test.Accuracy:F4}, measured after the search for the winner alone{(test.Number > 1 ? $" (look {test.Number} at the test set: the study went on after an earlier winner)" : "")}")
        : "no trial is complete: there is no winner, and nobody looked at the test set";

    /// <summary>Headings and rows of the best trials.</summary>
    public static (IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows) BestTrials(SearchResult result) =>
        (["trial", "round", "validation", .. result.Settings.Space.Free.Select(parameter => parameter.Name)],
        [.. result.Ranked.Take(Listed).Select(trial => (IReadOnlyList<string>)[Text(trial.Number), Text(SearchResult.RoundOf(trial) + 1), trial.Value!.Value.ToString("F4", CultureInfo.InvariantCulture), .. result.Settings.Space.Free.Select(parameter => parameter.Of(trial).ToString("G3", CultureInfo.InvariantCulture))])]);

    /// <summary>The ranges before and after each narrowing, a line a range.</summary>
    public static IReadOnlyList<string> Narrowings(SearchResult result) =>
    [
        .. result.Spaces.Zip(result.Spaces.Skip(1)).SelectMany((pair, round) => pair.First.Free.Zip(pair.Second.Free).Where(both => SearchCharts.Ends(both.First.Distribution!) is not null)
            .Select(both => $"after round {round + 1}: {both.First.Name} {Range(both.First.Distribution!)} -> {Range(both.Second.Distribution!)}")),
    ];

    private static List<ReportBlock> Blocks(SearchResult result, IReadOnlyList<(string name, Chart chart)> charts)
    {
        var (heads, rows) = BestTrials(result);
        return
        [
            new ReportParagraph(WinnerLine(result)),
            new ReportParagraph($"Data: {result.Source}. Seed {result.Settings.Seed}, {result.Settings.Epochs} epochs, pruner {result.Settings.Pruner}. States: {States(result)}."),
            new ReportTable { Caption = $"The best {rows.Count}", Columns = [.. heads.Select(head => new ReportColumn(head) { IsNumber = true })], Rows = rows },
            .. Narrowings(result).Select(line => new ReportParagraph(line)),
            .. result.Importance.Select(importance => new ReportParagraph(importance.Words)),
            .. charts.Select(chart => new ReportFigure(chart.chart)),
        ];
    }

    private static JsonObject Json(SearchResult result) => new()
    {
        ["data"] = result.Source,
        ["seed"] = result.Settings.Seed,
        ["epochs"] = result.Settings.Epochs,
        ["pruner"] = result.Settings.Pruner,
        ["winner"] = result.Winner is { } winner ? new JsonObject { ["trial"] = winner.Number, ["validation_accuracy"] = winner.Value, ["test_accuracy"] = result.Test?.Accuracy, ["looks_at_test_set"] = result.Test?.Number } : null,
        ["rounds"] = new JsonArray([.. result.Spaces.Select(space => new JsonObject(space.Free.Select(parameter => KeyValuePair.Create(parameter.Name, JsonNode.Parse(DistributionJson.Write(parameter.Distribution!))))))]),
        ["importance"] = new JsonArray([.. result.Importance.Select(importance => new JsonObject { ["parameter"] = importance.Name, ["share"] = importance.Share, ["p"] = importance.PValue, ["matters"] = importance.Matters })]),
        ["trials"] = new JsonArray([.. result.Trials.Select(trial => new JsonObject
        {
            ["number"] = trial.Number,
            ["state"] = trial.State.Name(),
            ["round"] = SearchResult.RoundOf(trial) + 1,
            ["validation_accuracy"] = trial.Value is { } value && double.IsFinite(value) ? value : null,
            ["params"] = new JsonObject(result.Settings.Space.Free.Where(parameter => trial.Params.ContainsKey(parameter.Name)).Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)JsonValue.Create(parameter.Of(trial))))),
        })]),
    };

    private static string States(SearchResult result) => string.Join(", ", result.Trials.GroupBy(trial => trial.State).OrderBy(state => state.Key).Select(state => $"{state.Count()} {state.Key.Name()}"));

    private static string Range(Distribution distribution)
    {
        var (low, high, _) = SearchCharts.Ends(distribution)!.Value;
        return string.Create(CultureInfo.InvariantCulture, $"{low:G3} to {high:G3}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
