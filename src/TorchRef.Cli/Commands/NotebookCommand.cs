using System.CommandLine;
using Spectre.Console;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref notebook</c>: notebooks without a kernel to install.</summary>
internal static class NotebookCommand
{
    public static Command Create(IAnsiConsole console) =>
        new("notebook", "run C# notebooks (.ipynb), compare them with their saved outputs, and write them as pages") { NotebookRunCommand.Create(console), NotebookListCommand.Create(console), NotebookHtmlCommand.Create(console) };
}
