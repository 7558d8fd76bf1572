using System.CommandLine;
using Spectre.Console;
using TorchRef.Cli.Notebooks;
using TorchRef.Notebooks.Pages;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref notebook html</c>: a notebook as a page that anybody can read.</summary>
internal static class NotebookHtmlCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var file = new Argument<string>("file") { Description = "the notebook", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "the page; by default the notebook's name with .html", HelpName = "FILE" };
        var command = new Command("html", "write a notebook with its saved outputs as one HTML page: no network, no scripts") { file, output };
        command.SetAction((parsed, _) => Task.FromResult(Write(console, parsed.GetValue(file)!, parsed.GetValue(output))));
        return command;
    }

    private static int Write(IAnsiConsole console, string file, string? output)
    {
        OutputFile.RequireWritable(output, "--out");
        var page = output ?? Path.ChangeExtension(file, ".html");
        var notebook = NotebookFiles.Load(file);
        OutputFile.Write(page, NotebookPage.ToHtml(notebook, Path.GetFileNameWithoutExtension(file)));
        console.WriteLine($"{page} is the page{(notebook.Cells.Any(cell => cell.Outputs.Count > 0) ? "" : "; the notebook has no saved outputs: 'torchref notebook run FILE --save' makes them")}");
        return ExitCode.Agrees;
    }
}
