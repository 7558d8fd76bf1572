namespace TorchRef.Experiments.Running;

/// <summary>The files that a run leaves: results.json, the charts, and report.html, which holds them all.</summary>
internal static class RunFiles
{
    public const string Results = "results.json";
    public const string Report = "report.html";

    public static void Write(RunResult result, RunFolder folder)
    {
        foreach (NamedChart chart in result.Outcome.Charts) folder.Write($"{chart.Name}.svg", chart.Chart.ToSvg());
        folder.Write(Report, RunReport.Of(result).ToHtml());
        folder.Write(Results, ResultsJson.Of(result));
    }
}
