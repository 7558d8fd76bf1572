using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Running;

/// <summary>A result as one page: what was found first, then the numbers, the pictures and the settings.</summary>
internal static class RunReport
{
    public static HtmlReport Of(RunResult result) => new() { Title = result.Name, Blocks = [.. Blocks(result)] };

    private static IEnumerable<ReportBlock> Blocks(RunResult result)
    {
        ExperimentOutcome outcome = result.Outcome;
        yield return new ReportParagraph(result.Description);
        if (!result.IsComplete)
            yield return new ReportVerdict(ReportOutcome.Undecided, $"this run was stopped: {result.PartsDone} of {result.Plan.Parts.Count} parts are done, and what follows comes from those");
        foreach (ExperimentFinding finding in outcome.Findings) yield return new ReportVerdict(finding.Outcome, $"{finding.Statement} — {finding.Measured}");
        foreach (ReportTable table in outcome.Tables) yield return table;
        foreach (NamedChart chart in outcome.Charts) yield return new ReportFigure(chart.Chart);
        foreach (string remark in outcome.Remarks) yield return new ReportParagraph(remark);
        yield return new ReportHeading("Settings");
        yield return new ReportSettings([.. Settings(result)]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Settings(RunResult result)
    {
        foreach (Setting setting in result.Plan.Settings) yield return new(setting.Name, setting.Text);
        yield return new("seeds", result.Plan.Seeds.Count == 0 ? "none: nothing is random" : string.Join(", ", result.Plan.Seeds));
        yield return new("engine", result.Engine);
        if (result.Plan.Data is { } data) yield return new("data", data.Source);
    }
}
