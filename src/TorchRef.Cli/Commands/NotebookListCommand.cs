using System.CommandLine;
using Spectre.Console;
using TorchRef.Cli.Notebooks;
using TorchRef.Notebooks.Documents;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref notebook list</c>: which notebooks there are.</summary>
internal static class NotebookListCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var folder = new Argument<string?>("folder") { Description = "where they are; without it the folder notebooks is looked for here and above", HelpName = "DIR", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "list notebooks: titles, cells, whether outputs are saved") { folder };
        command.SetAction((parsed, _) => Task.FromResult(List(console, parsed.GetValue(folder))));
        return command;
    }

    private static int List(IAnsiConsole console, string? named)
    {
        if (named is not null && !Directory.Exists(named)) throw new UsageException($"notebooks are listed of a folder: expected one but there is no folder {(named.Length == 0 ? "''" : named)}");
        var folder = named ?? NotebookFiles.FindFolder() ?? throw new UsageException("notebooks are looked for in a folder notebooks here and above: expected one but found none ('torchref notebook list DIR' names another)");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().PadRight(3)).AddColumn(new GridColumn().NoWrap());
        var files = NotebookFiles.In(folder);
        foreach (var file in files)
        {
            var (title, state) = Describe(file);
            grid.AddRow(Markup.Escape(file), Markup.Escape(title), Markup.Escape(state));
        }
        console.Write(grid);
        console.WriteLine(files.Count == 0 ? $"no notebook is in {folder}" : "'torchref notebook run FILE' executes one, 'torchref notebook html FILE' writes it as a page");
        return ExitCode.Agrees;
    }

    private static (string title, string state) Describe(string file)
    {
        try
        {
            var notebook = Notebook.Load(file);
            var cells = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
            var saved = cells.Count(cell => cell.ExecutionCount is not null);
            return (notebook.Title ?? "(without a title)", $"{cells.Count} {(cells.Count == 1 ? "cell" : "cells")}{(saved == 0 ? ", not yet run" : saved < cells.Count ? $", {saved} of them run" : "")}");
        }
        catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return (error.Message, "can't be read");
        }
    }
}
