using System.CommandLine;
using Spectre.Console;
using TorchRef.Experiments.Claims;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using static TorchSharp.torch;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref claims</c>: what the study notes say, and what measuring makes of it.</summary>
internal static class ClaimsCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var ids = new Argument<string[]>("ids") { Description = "only these claims, such as B5 or all of a note, B", HelpName = "ID", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<string?>("--json") { Description = "write all of it to this file as JSON", HelpName = "FILE" };
        var html = new Option<string?>("--html") { Description = "write all of it to this file as a page", HelpName = "FILE" };
        var data = new Option<string?>("--data") { Description = "folder with the four MNIST files; without it MNIST is looked for nearby, else digits are drawn", HelpName = "DIR" };
        var device = new Option<string>("--device") { Description = "where networks are trained: cpu, cuda, cuda:1", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
        var seed = new Option<ulong>("--seed") { Description = "seed of every random number", HelpName = "N", DefaultValueFactory = _ => 0 };
        var command = new Command("claims", "measure each claim of the study notes: holds, holds with a caveat, or wrong, and why") { ids, json, html, data, device, seed };
        command.SetAction((parsed, stop) => Task.FromResult(Run(console, parsed.GetValue(ids)!, parsed.GetValue(json), parsed.GetValue(html), parsed.GetValue(data), parsed.GetValue(device)!, parsed.GetValue(seed), stop)));
        return command;
    }

    private static int Run(IAnsiConsole console, string[] ids, string? json, string? html, string? folder, string deviceName, ulong seed, CancellationToken stop)
    {
        OutputFile.RequireWritable(json, "--json");
        OutputFile.RequireWritable(html, "--html");
        foreach (var id in ids)
            if (!ClaimAudit.Claims.Any(claim => Matches(claim, id))) throw new UsageException($"there must be such a claim: expected {string.Join(", ", ClaimAudit.Claims.GroupBy(claim => claim.Id[0]).Select(note => $"{note.First().Id} to {note.Last().Id}"))} but got '{id}'");
        if (folder is { Length: 0 }) throw new UsageException("--data must name a folder: expected a folder with the four MNIST files but got ''");
        var device = Devices.Require(deviceName);
        var digits = new Lazy<DigitData>(() => DigitData.LoadOrSynthesize(folder));
        if (folder is not null) _ = digits.Value;
        var audit = new ClaimAudit(new RunRequest { Seed = seed, Quick = true, Device = device, Digits = digits });
        var results = new List<ClaimResult>();
        foreach (var result in audit.Measure(claim => ids.Length == 0 || ids.Any(id => Matches(claim, id)), stop))
        {
            results.Add(result);
            Write(console, result);
        }
        var report = new ClaimReport(results, $"libtorch {__version__} on {deviceName}", digits.IsValueCreated ? digits.Value.Source : "no digits needed", seed);
        console.WriteLine(report.Summary);
        if (json is not null) OutputFile.Write(json, report.ToJson());
        if (html is not null) OutputFile.Write(html, report.ToHtml().ToHtml());
        return ExitCode.Agrees;
    }

    private static bool Matches(Claim claim, string id) =>
        claim.Id.Equals(id, StringComparison.OrdinalIgnoreCase) || claim.Note == id || (id.Length == 1 && claim.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase));

    private static void Write(IAnsiConsole console, ClaimResult result)
    {
        var colour = result.Verdict switch { ClaimVerdict.Holds => "green", ClaimVerdict.Wrong => "red", _ => "yellow" };
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Width(4).PadRight(1)).AddColumn();
        grid.AddRow(new Text(result.Claim.Id), new Markup($"{Markup.Escape(result.Claim.Statement)}: [{colour}]{ClaimReport.Word(result.Verdict)}[/]"));
        foreach (var line in ClaimReport.Lines(result)) grid.AddRow(new Text(""), new Text(line));
        grid.AddRow(new Text(""), new Text($"why: {result.Why}"));
        console.Write(grid);
        console.WriteLine();
    }
}
