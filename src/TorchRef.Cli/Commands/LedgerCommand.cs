using System.CommandLine;
using Spectre.Console;
using TorchRef.Cli.Ledger;
using static TorchSharp.torch;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref ledger</c>: where the installed engine departs from PyTorch, found by asking it.</summary>
internal static class LedgerCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var command = new Command("ledger", "ask the installed engine the questions on which TorchSharp and PyTorch have been seen to differ");
        command.SetAction((_, stop) => Task.FromResult(Run(console, stop)));
        return command;
    }

    private static int Run(IAnsiConsole console, CancellationToken stop)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("where", "PyTorch", "this engine", "TorchRef").AddColumn(new TableColumn("").NoWrap());
        var rows = new List<LedgerRow>();
        foreach (var probe in Questions.All)
        {
            stop.ThrowIfCancellationRequested();
            var row = probe.Ask();
            rows.Add(row);
            table.AddRow(
                Markup.Escape(row.Where), Markup.Escape(row.PyTorch), row.Departs ? Markup.Escape(row.Engine) : "the same",
                row.TorchRef is null ? "-" : row.TorchRefAgrees ? "as PyTorch" : Markup.Escape(row.TorchRef), row.Departs ? "[yellow]departs[/]" : "");
        }
        console.Write(table);
        console.WriteLine($"{rows.Count} questions to libtorch {__version__}: {rows.Count(row => row.Departs)} departures from PyTorch; TorchRef does what PyTorch does in {rows.Count(row => row.TorchRef is not null && row.TorchRefAgrees)} of the {rows.Count(row => row.TorchRef is not null)} that concern it");
        return rows.All(row => row.TorchRefAgrees) ? ExitCode.Agrees : ExitCode.Differs;
    }
}
