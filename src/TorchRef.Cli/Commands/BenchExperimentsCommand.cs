using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TorchRef.Cli.Bench;
using TorchRef.Cli.Peers;
using TorchRef.Experiments.Data;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref bench experiments</c>: how fast networks train together, beside plain PyTorch and beside the bare matrix products.</summary>
internal static class BenchExperimentsCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var rounds = new Option<int>("--rounds") { Description = "how often everything is timed", HelpName = "N", DefaultValueFactory = _ => 5 };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files", HelpName = "DIR" };
        var command = new Command("experiments", "measure the training of bn-init, 32 networks together: against PyTorch training them one by one, and against their matrix products alone") { rounds, data };
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed.GetValue(rounds), parsed.GetValue(data), console, stop)));
        return command;
    }

    private static int Run(int rounds, string? data, IAnsiConsole console, CancellationToken stop)
    {
        if (rounds < 1) throw new UsageException($"--rounds must be at least 1, but got {rounds}");
        var digits = DigitData.LoadOrSynthesize(data);
        Write(Measuring.Run(console, stop, tell => new ExperimentsBench(digits, tell, stop).Run(rounds)), rounds, console);
        return ExitCode.Agrees;
    }

    private static void Write(ExperimentsResult result, int rounds, IAnsiConsole console)
    {
        console.WriteLine($"bn-init: 32 networks of 784-100×5-10, 191 updates and 20 measurements each; {result.Threads} thread(s), {rounds} round(s)");
        console.WriteLine();
        Measuring.WriteTimes(console, ("trained together", result.Together), ("one by one, PyTorch", result.OneByOne), ("their matrix products alone", result.Products));
        if (result is { Speedup: { } speedup, OverProducts: { } over })
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{speedup.best:F2} times as fast as one by one (median rounds {speedup.median:F2}); {over.best:F2} times as long as the products alone (median rounds {over.median:F2})"));
        else console.WriteLine($"{Python.NotFound}: nothing to compare with");
    }
}
