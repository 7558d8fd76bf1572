using System.CommandLine;
using Spectre.Console;
using TorchRef.Cli.Running;
using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref run</c>: the experiments of the study notes.</summary>
internal static class RunCommand
{
    private const string All = "all";
    private const int MostSeconds = 86_400;

    public static Command Create(IAnsiConsole console) => Create(console, ExperimentCatalog.All);

    public static Command Create(IAnsiConsole console, IReadOnlyList<IExperiment> experiments)
    {
        var name = new Argument<string?>("name") { Description = "which experiment, or all of them; without it they are listed", HelpName = "NAME|all", Arity = ArgumentArity.ZeroOrOne };
        var seeds = new Option<int?>("--seeds") { Description = "how many seeds to run, for a mean and its spread", HelpName = "N" };
        var seed = new Option<ulong>("--seed") { Description = "the first seed", HelpName = "N", DefaultValueFactory = _ => 0 };
        var epochs = new Option<int?>("--epochs") { Description = "how many epochs to train", HelpName = "N" };
        var quick = new Option<bool>("--quick") { Description = "less of everything: seconds instead of a minute" };
        var fresh = new Option<bool>("--fresh") { Description = "begin anew instead of going on from what an earlier run left" };
        var saveEvery = new Option<double>("--save-every") { Description = "how often a training saves what a killed run goes on from; it takes longer where saving does", HelpName = "SECONDS", DefaultValueFactory = _ => new RunOptions().SaveEvery.TotalSeconds };
        var device = new Option<string>("--device") { Description = "where to compute: cpu, cuda, cuda:1", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files; without it MNIST is looked for nearby, else digits are drawn", HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "folder for results.json, the charts and report.html, in a folder for each experiment", HelpName = "DIR", DefaultValueFactory = _ => "runs" };
        var command = new Command("run", "run an experiment of the study notes: numbers, charts, and a verdict in words") { name, seeds, seed, epochs, quick, fresh, saveEvery, device, data, output };
        command.SetAction((parsed, stop) => Task.FromResult(parsed.GetValue(name) is { } chosen
            ? Run(console, Choose(experiments, chosen), new Options(parsed.GetValue(seeds), parsed.GetValue(seed), parsed.GetValue(epochs), parsed.GetValue(quick), parsed.GetValue(fresh), parsed.GetValue(saveEvery), parsed.GetValue(device)!, parsed.GetValue(data), parsed.GetValue(output)!), stop)
            : List(console, experiments)));
        return command;
    }

    private static int List(IAnsiConsole console, IReadOnlyList<IExperiment> experiments)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var experiment in experiments) grid.AddRow(Markup.Escape(experiment.Name), Markup.Escape(experiment.Description));
        console.Write(grid);
        console.WriteLine();
        console.WriteLine($"'torchref run NAME' runs one, 'torchref run {All}' all {experiments.Count}; '--quick' makes it short");
        return ExitCode.Agrees;
    }

    private static IReadOnlyList<IExperiment> Choose(IReadOnlyList<IExperiment> experiments, string name)
    {
        if (name == All) return experiments;
        if (experiments.FirstOrDefault(experiment => experiment.Name == name) is { } found) return [found];
        throw new UsageException($"there must be an experiment of this name: expected {string.Join(", ", experiments.Select(experiment => experiment.Name))} or {All} but got '{name}'");
    }

    private static int Run(IAnsiConsole console, IReadOnlyList<IExperiment> experiments, Options options, CancellationToken stop)
    {
        var request = Request(options);
        RequireFolder(options.Out);
        var display = new RunDisplay(console);
        for (var i = 0; i < experiments.Count; i++)
        {
            if (i > 0) console.WriteLine();
            var experiment = experiments[i];
            // A single experiment is told what it can't use; among all of them each takes what it can.
            if (experiments.Count == 1) display.WriteUnused(experiment, Unused(experiment, options));
            var result = display.Run(experiment, request, new RunOptions { Folder = Path.Combine(options.Out, experiment.Name), Fresh = options.Fresh, SaveEvery = TimeSpan.FromSeconds(options.SaveEvery) }, stop);
            display.Write(result);
            if (result.IsComplete) continue;
            display.WriteInterrupted(result);
            return ExitCode.Interrupted;
        }
        return ExitCode.Agrees;
    }

    private static RunRequest Request(Options options)
    {
        var device = Devices.Require(options.Device);
        if (options.Seeds < 1) throw new UsageException($"--seeds must be a number of runs: expected at least 1 but got {options.Seeds}");
        if (options.Epochs < 1) throw new UsageException($"--epochs must be a number of epochs: expected at least 1 but got {options.Epochs}");
        if (!(options.SaveEvery is >= 0 and <= MostSeconds)) throw new UsageException($"--save-every must be a number of seconds: expected 0 to {MostSeconds} but got {options.SaveEvery}");
        if (options.Data is { Length: 0 }) throw new UsageException("--data must name a folder: expected a folder with the four MNIST files but got ''");
        var digits = new Lazy<DigitData>(() => DigitData.LoadOrSynthesize(options.Data));
        // A folder that is named must be usable even by an experiment that looks at no images.
        if (options.Data is not null) _ = digits.Value;
        return new RunRequest { Seed = options.Seed, Seeds = options.Seeds, Epochs = options.Epochs, Quick = options.Quick, Device = device, Digits = digits };
    }

    private static void RequireFolder(string folder)
    {
        if (folder.Length == 0) throw new UsageException("--out must name a folder: expected a folder but got ''");
        if (File.Exists(folder)) throw new UsageException($"--out must name a folder: expected a folder but {folder} is a file");
    }

    private static IReadOnlyList<string> Unused(IExperiment experiment, Options options)
    {
        var unused = new List<string>();
        if (options.Seeds is not null && !experiment.Uses.HasFlag(RequestParts.Seeds)) unused.Add("--seeds");
        if (options.Epochs is not null && !experiment.Uses.HasFlag(RequestParts.Epochs)) unused.Add("--epochs");
        if (options.Device != "cpu" && !experiment.Uses.HasFlag(RequestParts.Device)) unused.Add("--device");
        if (options.Data is not null && !experiment.Uses.HasFlag(RequestParts.Digits)) unused.Add("--data");
        return unused;
    }

    private sealed record Options(int? Seeds, ulong Seed, int? Epochs, bool Quick, bool Fresh, double SaveEvery, string Device, string? Data, string Out);
}
