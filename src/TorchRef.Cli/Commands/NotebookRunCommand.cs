using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TorchRef.Cli.Notebooks;
using TorchRef.Notebooks.Comparing;
using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref notebook run</c>: executes notebooks without .NET Interactive.</summary>
internal static class NotebookRunCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var files = new Argument<string[]>("file") { Description = "the notebooks", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        var save = new Option<bool>("--save") { Description = "write the outputs into the file, if all cells succeed; the same outputs leave the same bytes" };
        var output = new Option<string?>("--out") { Description = "write the notebook with its outputs to this file, also if a cell fails", HelpName = "FILE" };
        var check = new Option<bool>("--check") { Description = "compare the outputs with those that the file has; exit with 1 if they differ" };
        var timeout = new Option<double?>("--timeout") { Description = "how long a cell may take", HelpName = "SECONDS" };
        var quiet = new Option<bool>("--quiet") { Description = "don't print what the cells bring forth" };
        var command = new Command("run", "execute notebooks: C# cells one after the other, up to the first that fails") { files, save, output, check, timeout, quiet };
        command.SetAction((parsed, stop) => RunAsync(console, new Options(parsed.GetValue(files)!, parsed.GetValue(save), parsed.GetValue(output), parsed.GetValue(check), parsed.GetValue(timeout), parsed.GetValue(quiet)), stop));
        return command;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, Options options, CancellationToken stop)
    {
        if (options.Save && options.Check) throw new UsageException("--save replaces what --check compares with: expected one of them but got both");
        if (options.Out is not null && options.Files.Length > 1) throw new UsageException($"--out names one file: expected one notebook with it but got {options.Files.Length}");
        if (options.Timeout is { } seconds && !(seconds > 0 && seconds <= TimeSpan.FromDays(10).TotalSeconds)) throw new UsageException($"--timeout must be a number of seconds: expected more than 0 but got {seconds.ToString(CultureInfo.InvariantCulture)}");
        OutputFile.RequireWritable(options.Out, "--out");
        var notebooks = options.Files.Select(file => (file, NotebookFiles.Load(file))).ToList();
        var code = ExitCode.Agrees;
        foreach (var (file, notebook) in notebooks) code = Math.Max(code, await RunAsync(console, file, notebook, options, stop));
        return code;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, string file, Notebook notebook, Options options, CancellationToken stop)
    {
        var display = new NotebookDisplay(console, options.Quiet);
        display.Title(file, notebook);
        var path = Path.GetFullPath(file);
        var run = await RunAsync(notebook, new NotebookRunOptions
        {
            Folder = Path.GetDirectoryName(path),
            CellTimeout = options.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Ended = display.Ended,
        }, file, stop);
        var differences = options.Check && run.Failure is null ? OutputComparison.Compare(run) : [];
        run.Store(notebook);
        if (options.Out is not null) OutputFile.Write(options.Out, notebook.ToJson());
        if (run.Failure is { } failure)
        {
            display.Failed(file, notebook, failure);
            if (options.Save) console.WriteLine($"{file} is left as it was");
            return ExitCode.Differs;
        }
        display.Differs(file, differences);
        var cells = $"{run.Cells.Count} {(run.Cells.Count == 1 ? "cell" : "cells")}";
        var time = run.Cells.Sum(cell => cell.Elapsed.TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture);
        console.WriteLine($"{cells} in {time} s{(options.Check ? differences.Count == 0 ? "; the outputs are what the file says" : "; the outputs are not what the file says" : "")}{(options.Save ? Save(path, notebook) : "")}");
        return differences.Count == 0 ? ExitCode.Agrees : ExitCode.Differs;
    }

    private static async Task<NotebookRun> RunAsync(Notebook notebook, NotebookRunOptions options, string file, CancellationToken stop)
    {
        try
        {
            return await NotebookRunner.RunAsync(notebook, options, stop);
        }
        catch (NotebookFormatException error)
        {
            throw new UsageException($"{file}: {error.Message}");
        }
    }

    private static string Save(string path, Notebook notebook)
    {
        var text = notebook.ToJson();
        if (File.ReadAllText(path) == text) return "; the file has these outputs already";
        OutputFile.Write(path, text);
        return "; saved";
    }

    private sealed record Options(string[] Files, bool Save, string? Out, bool Check, double? Timeout, bool Quiet);
}
