using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using TorchRef.Interop.Checkpoints.Comparing;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref compare</c>: what differs between two checkpoints.</summary>
internal static class CompareCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var first = new Argument<string>("A") { Description = "a file of torch.save (.pth, .pt, .bin, .ckpt) or a safetensors file" };
        var second = new Argument<string>("B") { Description = "the file to compare it with, in any of the formats" };
        var tolerance = new Option<double?>("--tolerance") { Description = "agree where |a - b| <= T + T|b|; without it the bits must be the same", HelpName = "T" };
        var key = new Option<string?>("--key") { Description = "compare what these keys, joined by dots, lead to in both files, such as model", HelpName = "KEY" };
        var types = new Option<bool>("--ignore-types") { Description = "let tensors of different element types agree" };
        var json = new Option<string?>("--json") { Description = "write every row to this file", HelpName = "FILE" };
        var command = new Command("compare", "compare two checkpoints: names, shapes, element types, elements; exits with 0 if all is the same, 1 if something differs, 2 if a file can't be used") { first, second, tolerance, key, types, json };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            console, parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetValue(tolerance), parsed.GetValue(key), parsed.GetValue(types), parsed.GetValue(json), stop)));
        return command;
    }

    private static int Run(IAnsiConsole console, string first, string second, double? tolerance, string? key, bool ignoreTypes, string? json, CancellationToken stop)
    {
        if (tolerance is { } t && !(t >= 0 && double.IsFinite(t))) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--tolerance must be a distance: expected a number from 0 on but got {t}"));
        OutputFile.RequireWritable(json, "--json");
        var comparison = CheckpointFiles.Use(() => CheckpointComparison.Of(first, second, key, tolerance, ignoreTypes, stop));
        var table = new Table().Border(TableBorder.Simple).AddColumns("name", Markup.Escape(first), Markup.Escape(second)).AddColumn(Right("max |a-b|")).AddColumn(Right("max rel")).AddColumn(Right("ulps")).AddColumn(Right("differ")).AddColumn(new TableColumn("").NoWrap());
        foreach (var row in comparison.Rows.Where(row => row.Elements is not null || !row.Agrees))
            table.AddRow(
                Markup.Escape(row.Name), Markup.Escape(row.First ?? "-"), row.Second is null ? "-" : row.Second == row.First ? "the same" : Markup.Escape(row.Second),
                Number(row.Elements?.LargestAbsolute), Number(row.Elements?.LargestRelative), row.Elements?.LargestUlps is { } ulps ? Ulps(ulps) : "", row.Elements is { } elements ? $"{elements.Mismatched} of {elements.Count}" : "", Verdict(row.Verdict));
        if (table.Rows.Count > 0) console.Write(table);
        var different = comparison.Rows.Count(row => !row.Agrees);
        console.WriteLine($"{comparison.Rows.Count} values, {comparison.Rows.Count(row => row.Elements is not null)} of them tensors in both: {(different == 0 ? tolerance is null ? "all the same, bit for bit" : "all agree" : $"{different} differ")}");
        if (json is not null) OutputFile.Write(json, Json(comparison, first, second, tolerance).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return comparison.Agrees ? ExitCode.Agrees : ExitCode.Differs;
    }

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned().NoWrap();

    private static string Number(double? number) => number is { } value ? value == 0 ? "0" : value.ToString("0.0e+0", CultureInfo.InvariantCulture) : "";

    private static string Ulps(ulong ulps) => ulps == ulong.MaxValue ? "NaN" : ulps.ToString(CultureInfo.InvariantCulture);

    private static string Verdict(EntryVerdict verdict) => verdict switch
    {
        EntryVerdict.Same => "agrees",
        EntryVerdict.Value => "[red]differs[/]",
        EntryVerdict.Type => "[red]another type[/]",
        EntryVerdict.Shape => "[red]another shape[/]",
        EntryVerdict.Kind => "[red]another kind[/]",
        EntryVerdict.OnlyInFirst => "[red]only in the first[/]",
        EntryVerdict.OnlyInSecond => "[red]only in the second[/]",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    private static JsonObject Json(CheckpointComparison comparison, string first, string second, double? tolerance) => new()
    {
        ["a"] = first,
        ["b"] = second,
        ["tolerance"] = tolerance,
        ["agrees"] = comparison.Agrees,
        ["rows"] = new JsonArray([.. comparison.Rows.Select(row => (JsonNode)new JsonObject
        {
            ["name"] = row.Name,
            ["a"] = row.First,
            ["b"] = row.Second,
            ["verdict"] = row.Verdict.ToString(),
            ["elements"] = row.Elements?.Count,
            ["mismatched"] = row.Elements?.Mismatched,
            ["max_abs"] = Finite(row.Elements?.LargestAbsolute),
            ["max_rel"] = Finite(row.Elements?.LargestRelative),
            ["max_ulps"] = row.Elements?.LargestUlps,
        })]),
    };

    /// <summary>JSON has no infinity.</summary>
    private static JsonNode? Finite(double? number) => number is null ? null : double.IsFinite(number.Value) ? JsonValue.Create(number.Value) : JsonValue.Create("inf");
}
