using System.CommandLine;
using Spectre.Console;
using TorchRef.Cli.Models;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Models;
using TorchRef.Experiments.Running;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref train</c>: trains the networks of the study notes and leaves them as files that PyTorch loads.</summary>
internal static class TrainCommand
{
    private const string All = "all";

    public static Command Create(IAnsiConsole console)
    {
        var name = new Argument<string?>("name") { Description = "which model, or all of them; without it they are listed", HelpName = "NAME|all", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string>("--out") { Description = "folder for NAME.pth, NAME.safetensors and the card", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("runs", "models") };
        var epochs = new Option<int?>("--epochs") { Description = "how often to go through the images, in place of the recipe's", HelpName = "N" };
        var seed = new Option<long>("--seed") { Description = "seed of weights, mini-batches and dropout", HelpName = "N", DefaultValueFactory = _ => 1 };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files; without it MNIST is looked for nearby, else digits are drawn", HelpName = "DIR" };
        var device = new Option<string>("--device") { Description = "where to compute: cpu, cuda, cuda:1", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
        var fresh = new Option<bool>("--fresh") { Description = "begin anew instead of going on from what a stopped training left" };
        var command = new Command("train", "train a network of the study notes and save it as .pth and safetensors, with a card") { name, output, epochs, seed, data, device, fresh };
        command.SetAction((parsed, stop) => Task.FromResult(parsed.GetValue(name) is { } chosen
            ? Run(console, Choose(chosen), new Options(parsed.GetValue(output)!, parsed.GetValue(epochs), parsed.GetValue(seed), parsed.GetValue(data), parsed.GetValue(device)!, parsed.GetValue(fresh)), stop)
            : List(console)));
        return command;
    }

    private static int List(IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var recipe in ModelCatalog.All) grid.AddRow(Markup.Escape(recipe.Name), Markup.Escape(recipe.Why));
        console.Write(grid);
        console.WriteLine();
        console.WriteLine($"'torchref train NAME' trains one, 'torchref train {All}' all {ModelCatalog.All.Count}; 'torchref models list' shows those that are trained");
        return ExitCode.Agrees;
    }

    private static IReadOnlyList<ModelRecipe> Choose(string name)
    {
        if (name == All) return ModelCatalog.All;
        if (ModelCatalog.Find(name) is { } found) return [found];
        throw new UsageException($"there must be a model of this name: expected {string.Join(", ", ModelCatalog.All.Select(recipe => recipe.Name))} or {All} but got '{name}'");
    }

    private static int Run(IAnsiConsole console, IReadOnlyList<ModelRecipe> recipes, Options options, CancellationToken stop)
    {
        if (options.Epochs < 1) throw new UsageException($"--epochs must be a number of epochs: expected at least 1 but got {options.Epochs}");
        if (options.Data is { Length: 0 }) throw new UsageException("--data must name a folder: expected a folder with the four MNIST files but got ''");
        if (options.Out.Length == 0) throw new UsageException("--out must name a folder: expected a folder but got ''");
        if (File.Exists(options.Out)) throw new UsageException($"--out must name a folder: expected a folder but {options.Out} is a file");
        var settings = new ModelTrainingSettings { Seed = options.Seed, Epochs = options.Epochs, Device = Devices.Require(options.Device) };
        var digits = DigitData.LoadOrSynthesize(options.Data);
        console.WriteLine($"{digits.Source}; {EngineText.Of(settings.Device)}; seed {options.Seed}");
        if (digits.Train.Count < recipes.Max(recipe => recipe.BatchSize)) throw new UsageException($"--data must hold enough digits: expected at least {recipes.Max(recipe => recipe.BatchSize)} images to train with but got {digits.Train.Count} ({digits.Source})");
        var display = new TrainDisplay(console, digits);
        return recipes.All(recipe => display.Train(recipe, settings, new ModelFolder(options.Out), options.Fresh, stop) is not null) ? ExitCode.Agrees : ExitCode.Interrupted;
    }

    private sealed record Options(string Out, int? Epochs, long Seed, string? Data, string Device, bool Fresh);
}
