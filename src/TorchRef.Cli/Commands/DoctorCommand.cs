using System.CommandLine;
using Spectre.Console;
using TorchRef.Cli.Doctor;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref doctor</c>: what this program runs on, and what stands in its way.</summary>
internal static class DoctorCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var command = new Command("doctor", "say which engine is loaded and from where, which BLAS and how fast, how many threads, which devices");
        command.SetAction((_, _) => Task.FromResult(Run(console)));
        return command;
    }

    private static int Run(IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        var warnings = new List<string>();
        foreach (var (name, finding) in Examination.Run(warnings)) grid.AddRow(Markup.Escape(name), Markup.Escape(finding));
        console.Write(grid);
        foreach (var warning in warnings) console.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        return ExitCode.Agrees;
    }
}
