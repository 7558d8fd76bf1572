using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TorchRef.Cli.Bench;
using TorchRef.Cli.Peers;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref bench search</c>: how fast a random search runs beside plain PyTorch and beside its matrix products, and what it finds.</summary>
internal static class BenchSearchCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var rounds = new Option<int>("--rounds") { Description = "how often everything is timed", HelpName = "N", DefaultValueFactory = _ => 2 };
        var seed = new Option<long>("--seed") { Description = "seed of the search", HelpName = "N" };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files", HelpName = "DIR" };
        var command = new Command("search", "measure the study notes' random search, 100 trials of 50 epochs: against the same loop in PyTorch, and against its matrix products alone") { rounds, seed, data };
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed.GetValue(rounds), parsed.GetValue(seed), parsed.GetValue(data), console, stop)));
        return command;
    }

    private static int Run(int rounds, long seed, string? data, IAnsiConsole console, CancellationToken stop)
    {
        if (rounds < 1) throw new UsageException($"--rounds must be at least 1, but got {rounds}");
        var digits = DigitData.LoadOrSynthesize(data);
        var result = Measuring.Run(console, stop, tell => new SearchBench(digits, new SearchSettings { Seed = seed }, tell, stop).Run(rounds));
        Write(result, rounds, console);
        // Drawn digits are easier than MNIST's: what is asked of the accuracy doesn't apply to them.
        return result.IsFast && (result.IsFound || digits.Name != "MNIST") ? ExitCode.Agrees : ExitCode.Differs;
    }

    private static void Write(SearchBenchResult result, int rounds, IAnsiConsole console)
    {
        console.WriteLine($"random search: {result.Found.Ranked.Count} trials of 784-100×6-10, 197 updates and 50 measurements each; seed {result.Found.Settings.Seed}, {result.Threads} thread(s), {rounds} round(s)");
        console.WriteLine();
        Measuring.WriteTimes(
            console,
            ("the search, trials trained together", result.Together),
            ("PyTorch, one process with all threads", result.OneByOne),
            ("PyTorch, a process of one thread for each core", result.OnEachCore),
            ("the matrix products alone, likewise", result.Products));
        if (result is { Speedup: { } speedup, SpeedupOverCores: { } cores, OverProducts: { } over })
        {
            Line($"{speedup.best:F2} times as fast as PyTorch in one process (median rounds {speedup.median:F2}; asked: at least {SearchBenchResult.LeastSpeedup}), {cores.best:F2} times as fast as a process for each core (median rounds {cores.median:F2})");
            Line($"{over.best:F2} times as long as the products alone (median rounds {over.median:F2}; asked: at most {SearchBenchResult.MostOverProducts})");
        }
        else console.WriteLine($"{Python.NotFound}: nothing to compare with");
        var (low, high) = result.BestRates;
        Line($"best validation accuracy {result.Found.Winner!.Value:F2} (asked on MNIST: at least {SearchBenchResult.LeastAccuracy}); the ten best learning rates {low:G3} to {high:G3} (asked: {SearchBenchResult.LowestRate} to {SearchBenchResult.HighestRate})");

        void Line(FormattableString text) => console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }
}
