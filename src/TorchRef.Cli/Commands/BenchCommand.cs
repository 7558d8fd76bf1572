using System.CommandLine;
using Spectre.Console;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref bench</c>: measurements of this program's own claims.</summary>
internal static class BenchCommand
{
    public static Command Create(IAnsiConsole console) => new("bench", "measure what this program claims, on this machine") { BenchChecksCommand.Create(console), BenchExperimentsCommand.Create(console), BenchSearchCommand.Create(console) };
}
