using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Models;
using TorchRef.Experiments.Running;
using static TorchSharp.torch;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref models</c>: the trained networks that are there, and whether they are what their cards say.</summary>
internal static class ModelsCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var folder = new Option<string?>("--models") { Description = "folder with the models; without it the folder models here or above is taken", HelpName = "DIR", Recursive = true };
        return new Command("models", "the trained networks: what there is, and whether it is what the cards say") { folder, CreateList(console, folder), CreateVerify(console, folder) };
    }

    private static Command CreateList(IAnsiConsole console, Option<string?> folder)
    {
        var command = new Command("list", "show the models that are there, by their cards");
        command.SetAction((parsed, stop) => Task.FromResult(List(console, Folder(parsed.GetValue(folder)), stop)));
        return command;
    }

    private static Command CreateVerify(IAnsiConsole console, Option<string?> folder)
    {
        var names = new Argument<string[]>("name") { Description = "which models; without one all of them", HelpName = "NAME", Arity = ArgumentArity.ZeroOrMore };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files; without it MNIST is looked for nearby", HelpName = "DIR" };
        var device = new Option<string>("--device") { Description = "where to compute: cpu, cuda, cuda:1", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
        var command = new Command("verify", "measure the models again: exit code 0 only if files and answers are exactly the cards'") { names, data, device };
        command.SetAction((parsed, stop) => Task.FromResult(Verify(console, Folder(parsed.GetValue(folder)), parsed.GetValue(names)!, parsed.GetValue(data), Devices.Require(parsed.GetValue(device)!), stop)));
        return command;
    }

    private static ModelFolder Folder(string? path)
    {
        if (path is null) return ModelFolder.Find(Directory.GetCurrentDirectory()) ?? throw new UsageException("there must be models: expected a folder models with cards here or above but there is none (--models names one, 'torchref train' makes one)");
        if (!Directory.Exists(path)) throw new UsageException($"--models must name a folder: expected a folder with cards but got '{path}'");
        var folder = new ModelFolder(path);
        return folder.Names.Count > 0 ? folder : throw new UsageException($"--models must name a folder of models: expected cards in {path} but there is none");
    }

    private static int List(IAnsiConsole console, ModelFolder folder, CancellationToken stop)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("model").NoWrap()).AddColumn("what it is for").AddColumn(new TableColumn("parameters").RightAligned()).AddColumn(new TableColumn("test").RightAligned().NoWrap()).AddColumn(new TableColumn("KB").RightAligned()).AddColumn("data, engine");
        foreach (var card in folder.Names.Select(name => ModelCard.Read(folder.Card(name))))
        {
            stop.ThrowIfCancellationRequested();
            var bytes = card.Files.Keys.Sum(file => new FileInfo(Path.Combine(folder.Path, file)) is { Exists: true, Length: var length } ? length : 0);
            table.AddRow(card.Name, Markup.Escape(card.Why), card.Parameters.ToString("N0", CultureInfo.InvariantCulture), $"{100 * card.Test.Accuracy:F2} %", $"{bytes / 1024}", Markup.Escape($"{card.Data.Name}; {card.Engine}"));
        }
        console.Write(table);
        console.WriteLine($"{folder.Names.Count} models in {folder.Path}; 'torchref models verify' measures them again");
        return ExitCode.Agrees;
    }

    private static int Verify(IAnsiConsole console, ModelFolder folder, IReadOnlyList<string> names, string? data, Device device, CancellationToken stop)
    {
        if (names.FirstOrDefault(name => !folder.Names.Contains(name)) is { } missing) throw new UsageException($"there must be a model of this name: expected {string.Join(", ", folder.Names)} but got '{missing}'");
        var cards = (names.Count > 0 ? names : folder.Names).Select(name => ModelCard.Read(folder.Card(name))).ToList();
        if (data is { Length: 0 }) throw new UsageException("--data must name a folder: expected a folder with the four MNIST files but got ''");
        var digits = DigitData.LoadOrSynthesize(data);
        console.WriteLine($"{digits.Source}; {EngineText.Of(device)}");
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("model").NoWrap());
        foreach (var title in (string[])["test", "card", "train", "card"]) table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("narrowest margin").RightAligned()).AddColumn("verdict");
        var verdicts = new List<ModelVerdict>();
        foreach (var card in cards)
        {
            stop.ThrowIfCancellationRequested();
            var verdict = ModelVerification.Verify(folder, card, digits, device, stop);
            verdicts.Add(verdict);
            table.AddRow(card.Name, Text(verdict.Test), Text(card.Test), Text(verdict.Train), Text(card.Train), verdict.Test.NarrowestMargin.ToString("G3", CultureInfo.InvariantCulture), verdict.Agrees ? "[green]agrees[/]" : "[red]differs[/]");
        }
        console.Write(table);
        foreach (var verdict in verdicts)
            foreach (var difference in verdict.Differences) console.WriteLine($"DIFFERS {verdict.Card.Name}: {difference}");
        console.WriteLine($"{verdicts.Count} models, {verdicts.Count(verdict => verdict.Agrees)} agree with their cards, {verdicts.Count(verdict => !verdict.Agrees)} differ");
        return verdicts.All(verdict => verdict.Agrees) ? ExitCode.Agrees : ExitCode.Differs;
    }

    private static string Text(ModelMeasurement measured) => $"{measured.Correct}/{measured.Images}";
}
