using System.Diagnostics;
using System.Text;
using Spectre.Console;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Running;

namespace TorchRef.Cli.Running;

/// <summary>Shows a run: a bar that moves on a terminal, plain lines in a file or a pipe, and what was found in the end.</summary>
internal sealed class RunDisplay(IAnsiConsole console)
{
    private const int WidestCurve = 100;

    /// <summary>Without a terminal a line appears this often at most.</summary>
    private static readonly TimeSpan s_lineEvery = TimeSpan.FromSeconds(5);

    private bool IsTerminal => console.Profile.Capabilities.Interactive;

    /// <summary>Runs an experiment and shows how far it is.</summary>
    public RunResult Run(IExperiment experiment, RunRequest request, RunOptions options, CancellationToken stop)
    {
        console.MarkupLineInterpolated($"[bold]{experiment.Name}[/]: {experiment.Description}");
        if (!IsTerminal) return ExperimentRunner.Run(experiment, request, options with { Progress = Lines() }, stop);
        var columns = new ProgressColumn[] { new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn() };
        return console.Progress().AutoClear(true).Columns(columns).Start(context =>
        {
            var bar = context.AddTask("starting", maxValue: 1);
            void Show(RunProgress now)
            {
                bar.Value = now.Whole;
                // All parts are done: there is nothing more to name.
                if (now.PartName.Length == 0) return;
                bar.Description = Markup.Escape(now.Doing is null ? now.PartName : $"{now.PartName}: {now.Doing}");
            }
            return ExperimentRunner.Run(experiment, request, options with { Progress = Show }, stop);
        });
    }

    /// <summary>What was found: the verdicts, the numbers, the curve, and where the rest lies.</summary>
    public void Write(RunResult result)
    {
        var outcome = result.Outcome;
        if (outcome.Tables.Count > 0) Write(outcome.Tables[0]);
        if (outcome.Curve is { Series.Count: > 0 } curve)
        {
            var unicode = console.Profile.Capabilities.Unicode || !IsTerminal && console.Profile.Encoding is UTF8Encoding;
            console.WriteLine();
            foreach (var line in TerminalChart.Draw(curve, Math.Clamp(console.Profile.Width, TerminalChart.SmallestWidth, WidestCurve), unicode: unicode).TrimEnd('\n').Split('\n'))
                console.WriteLine(line);
        }
        if (outcome.Findings.Count > 0) console.WriteLine();
        foreach (var finding in outcome.Findings) Write(finding);
        foreach (var remark in outcome.Remarks) console.WriteLine(remark);
        if (result.Folder is not null) console.WriteLine($"{(result.PartsResumed == result.Plan.Parts.Count ? "was done before; " : result.PartsResumed > 0 ? $"went on after {result.PartsResumed} of {result.Plan.Parts.Count} parts; " : "")}report.html, results.json and the charts are in {Shorter(result.Folder)}");
    }

    public void WriteUnused(IExperiment experiment, IReadOnlyList<string> options)
    {
        if (options.Count > 0) console.MarkupLineInterpolated($"[yellow]note:[/] {experiment.Name} doesn't depend on {string.Join(" or ", options)}");
    }

    public void WriteInterrupted(RunResult result) =>
        console.MarkupLineInterpolated($"[yellow]interrupted[/] after {result.PartsDone} of {result.Plan.Parts.Count} parts; the same command goes on from there");

    private void Write(ReportTable table)
    {
        var shown = new Table().Border(TableBorder.Simple);
        foreach (var column in table.Columns)
        {
            var title = new TableColumn(Markup.Escape(column.Title));
            shown.AddColumn(column.IsNumber ? title.RightAligned() : title);
        }
        foreach (var row in table.Rows) shown.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(shown);
        if (table.Caption is not null) console.WriteLine(table.Caption);
    }

    private void Write(ExperimentFinding finding)
    {
        var colour = finding.Outcome switch { ReportOutcome.Passed => "green", ReportOutcome.Failed => "red", _ => "yellow" };
        console.MarkupLine($"[{colour}]{VerdictWords.Of(finding.Outcome)}[/]: {Markup.Escape(finding.Statement)} ({Markup.Escape(finding.Measured)})");
    }

    private Action<RunProgress> Lines()
    {
        var last = 0L;
        var shown = -1;
        return now =>
        {
            // The first sign of life at once, then now and then: hundreds of parts are no news each.
            if (now.PartName.Length == 0 || (shown >= 0 && Stopwatch.GetElapsedTime(last) < s_lineEvery)) return;
            (last, shown) = (Stopwatch.GetTimestamp(), now.Part);
            console.WriteLine($"{now.Part + 1} of {now.PartCount}, {now.PartName}{(now.Doing is null ? "" : $": {now.Doing}")}");
        };
    }

    private static string Shorter(string folder)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
        return relative.StartsWith("..", StringComparison.Ordinal) ? folder : relative;
    }
}
