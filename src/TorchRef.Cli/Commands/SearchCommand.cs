using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search;
using TorchRef.Experiments.Search.Reports;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref search</c>: random search of hyper-parameters, by one process or many.</summary>
internal static class SearchCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var trials = Number("--trials", "finished trials of the study in all, by whomever", 100);
        var epochs = Number("--epochs", "epochs of a trial", 50);
        var rounds = Number("--rounds", "rounds that share the trials; after each the ranges are narrowed", 1);
        var images = Number("--images", "images of the training set, a fifth of which validates", 500);
        var seed = new Option<long>("--seed") { Description = "seed of the split, the draws and the networks", HelpName = "N" };
        var lr = Range("--lr", "learning rate", "1e-6:1e-2:log");
        var decay = Range("--decay", "weight decay", "1e-8:1e-4:log");
        var hidden = Range("--hidden", "units of a hidden layer", "100");
        var layers = Range("--layers", "hidden layers", "6");
        var batch = Range("--batch", "examples of a mini-batch", "100");
        var pruner = new Option<string>("--pruner") { Description = "what stops poor trials early: none, median or halving", HelpName = "NAME", DefaultValueFactory = _ => "none" };
        var study = new Option<string>("--study") { Description = "what keeps the study: an Optuna journal file, or postgresql://user@host/database; one that is there goes on", HelpName = "FILE|ADDRESS", Required = true };
        var name = new Option<string?>("--name") { Description = "the study in it; without it the only one", HelpName = "NAME" };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files; without it MNIST is looked for nearby, else digits are drawn", HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "folder for report.html, results.json and the charts", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("runs", "search") };
        var device = new Option<string>("--device") { Description = "where to compute: cpu, cuda, cuda:1", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
        var threads = new Option<int?>("--threads") { Description = "threads of this process; without it one a processor", HelpName = "N" };
        var chunk = new Option<int?>("--chunk") { Description = "trials that this process trains at once; a kill costs as many at most", HelpName = "N" };
        var command = new Command("search", "search hyper-parameters at random: learning rate, weight decay, width, layers, batch size. A range is LOW:HIGH, LOW:HIGH:log, LOW:HIGH:int, LOW:HIGH:step=S, A,B,C or one value")
            { trials, epochs, lr, decay, hidden, layers, batch, rounds, pruner, seed, images, study, name, data, output, device, threads, chunk };
        command.SetAction((parsed, stop) =>
        {
            try
            {
                var settings = new SearchSettings
                {
                    Trials = parsed.GetValue(trials),
                    Epochs = parsed.GetValue(epochs),
                    Rounds = parsed.GetValue(rounds),
                    Images = parsed.GetValue(images),
                    Seed = parsed.GetValue(seed),
                    Pruner = parsed.GetValue(pruner)!,
                    Threads = parsed.GetValue(threads),
                    Chunk = parsed.GetValue(chunk),
                    Device = Devices.Require(parsed.GetValue(device)!),
                    Space = new SearchSpace
                    {
                        LearningRate = SpaceText.Parse("lr", parsed.GetValue(lr)!, counts: false),
                        WeightDecay = SpaceText.Parse("weight_decay", parsed.GetValue(decay)!, counts: false),
                        Hidden = SpaceText.Parse("hidden", parsed.GetValue(hidden)!, counts: true),
                        Layers = SpaceText.Parse("layers", parsed.GetValue(layers)!, counts: true),
                        Batch = SpaceText.Parse("batch", parsed.GetValue(batch)!, counts: true),
                    },
                };
                settings.Check();
                return Task.FromResult(Run(console, settings, new Places(parsed.GetValue(study)!, parsed.GetValue(name), parsed.GetValue(data), parsed.GetValue(output)!), stop));
            }
            catch (Exception exception) when (exception is SearchException or StudyStorageException)
            {
                throw new UsageException(exception.Message);
            }
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int value) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static Option<string> Range(string name, string description, string value) => new(name) { Description = description, HelpName = "RANGE", DefaultValueFactory = _ => value };

    private static int Run(IAnsiConsole console, SearchSettings settings, Places places, CancellationToken stop)
    {
        if (places.Out.Length == 0 || File.Exists(places.Out)) throw new UsageException($"--out must name a folder: expected a folder but got '{places.Out}'");
        var digits = DigitData.LoadOrSynthesize(places.Data);
        using var storage = StudyStorage.Open(places.Study, console.WriteLine);
        console.WriteLine($"{digits.Source}; study {storage.Location}; seed {settings.Seed}");
        SearchResult result;
        try
        {
            result = RandomSearch.Run(settings, digits, storage, places.Name, progress => Show(console, progress), stop);
        }
        catch (OperationCanceledException)
        {
            console.WriteLine($"interrupted: the study is sound, unfinished trials are queued again; the same command goes on with {storage.Location}");
            return ExitCode.Interrupted;
        }
        SearchReport.Write(result, places.Out);
        Show(console, result, places.Out);
        return ExitCode.Agrees;
    }

    private static void Show(IAnsiConsole console, SearchProgress progress)
    {
        if (progress.Recovered > 0) console.WriteLine($"{progress.Recovered} trial(s) of processes that died are marked as failed and queued again");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Finished} of {progress.Goal} trials, round {progress.Round}{(progress.Best is { } best ? $", best validation accuracy {best:F4}" : "")}"));
    }

    private static void Show(IAnsiConsole console, SearchResult result, string folder)
    {
        var (heads, rows) = SearchReport.BestTrials(result);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var head in heads) table.AddColumn(new TableColumn(head).RightAligned());
        foreach (var row in rows) table.AddRow([.. row]);
        console.Write(table);
        foreach (var line in SearchReport.Narrowings(result)) console.WriteLine(line);
        foreach (var importance in result.Importance) console.WriteLine(importance.Words);
        console.WriteLine(SearchReport.WinnerLine(result));
        console.WriteLine($"report: {Path.Combine(folder, "report.html")}");
    }

    private sealed record Places(string Study, string? Name, string? Data, string Out);
}
