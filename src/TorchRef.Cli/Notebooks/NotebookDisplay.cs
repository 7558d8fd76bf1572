using System.Globalization;
using Spectre.Console;
using TorchRef.Notebooks.Comparing;
using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;

namespace TorchRef.Cli.Notebooks;

/// <summary>Shows a notebook that runs: its cells, what they bring forth as far as it is text, and how it ended.</summary>
internal sealed class NotebookDisplay(IAnsiConsole console, bool quiet)
{
    /// <summary>Differences that are printed; more say nothing new.</summary>
    private const int MostDifferences = 10;

    public void Title(string file, Notebook notebook) => console.MarkupLineInterpolated($"[bold]{file}[/]{(notebook.Title is { } title ? $": {title}" : "")}");

    public void Ended(CellRun run)
    {
        var time = run.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        if (run.ExecutionCount is { } count) console.MarkupLineInterpolated($"[dim]In [[{count}]], cell {run.Cell.Number}: {FirstLine(run.Cell)} ({time} s)[/]");
        if (quiet) return;
        foreach (var output in run.Outputs.Where(output => output is not ErrorOutput))
            foreach (var line in Text(output).TrimEnd('\n').Split('\n'))
                console.WriteLine($"    {line}");
    }

    public void Failed(string file, Notebook notebook, CellFailure failure)
    {
        console.MarkupLineInterpolated($"[red]FAILED[/] {file}, {failure.ToString()}");
        if (failure.Line is { } line && notebook.Cells[failure.Cell - 1].Source.Split('\n') is var lines && line <= lines.Length) console.WriteLine($"    {line.ToString(CultureInfo.InvariantCulture)} | {lines[line - 1].TrimEnd()}");
        foreach (var detail in failure.Details) console.WriteLine($"  {detail}");
    }

    public void Differs(string file, IReadOnlyList<OutputDifference> differences)
    {
        foreach (var difference in differences.Take(MostDifferences)) console.MarkupLineInterpolated($"[red]DIFFERS[/] {file}, {difference.ToString()}");
        if (differences.Count > MostDifferences) console.WriteLine($"and {differences.Count - MostDifferences} more");
    }

    private static string FirstLine(NotebookCell cell) => cell.Source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    private static string Text(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text,
        DataOutput { Data: var data } => data[MimeTypes.Text] ?? $"({string.Join(", ", data.Forms.Keys)})",
        _ => "",
    };
}
