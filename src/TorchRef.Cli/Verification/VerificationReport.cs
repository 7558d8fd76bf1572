using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace TorchRef.Cli.Verification;

/// <summary>The result of a verification, as a table and as JSON.</summary>
internal sealed class VerificationReport(IReadOnlyList<Comparison> comparisons, IReadOnlyList<string> remarks, string engine, string data, ulong seed, TimeSpan elapsed)
{
    public int Disagreements => comparisons.Count(comparison => !comparison.Agrees);

    /// <summary>An empty verification proves nothing, so it doesn't agree either.</summary>
    public bool Agrees => comparisons.Count > 0 && Disagreements == 0;

    /// <param name="console">Where to.</param>
    /// <param name="details">Whether every thing that was compared gets a row of its own, rather than every case.</param>
    public void WriteTo(IAnsiConsole console, bool details)
    {
        console.WriteLine($"{engine}; {data}; seed {seed}");
        var table = new Table().Border(TableBorder.Simple).AddColumns("case", "against", "compared");
        foreach (var title in new[] { "n", "worst error", "tolerance" }) table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("verdict").NoWrap());
        (string, string) last = default;
        foreach (var row in details ? VerificationRow.OfThings(comparisons) : VerificationRow.OfCases(comparisons))
        {
            var again = (row.Case, row.Reference) == last;
            table.AddRow(
                again ? "" : Markup.Escape(row.Case), again ? "" : Markup.Escape(row.Reference), Markup.Escape(row.What), row.Count.ToString(CultureInfo.InvariantCulture),
                Number(row.Worst.Error), row.Worst.Tolerance == 0 ? "exact" : Number(row.Worst.Tolerance),
                row.Disagreements == 0 ? "[green]agrees[/]" : $"[red]DIFFERS[/] in {row.Disagreements}");
            last = (row.Case, row.Reference);
        }
        console.Write(table);
        foreach (var row in VerificationRow.OfThings(comparisons).Where(row => row.Disagreements > 0))
            console.MarkupLineInterpolated($"[red]DIFFERS[/] {row.Case} against {row.Reference}: {row.What}, worst in {row.Worst.Variant}");
        foreach (var remark in remarks) console.WriteLine(remark);
        console.WriteLine(Summary());
    }

    /// <summary>A row for each module, in Markdown: the agreement reached, as README shows it.</summary>
    public void WriteModulesTo(TextWriter output)
    {
        output.WriteLine("| module | compared with | comparisons | worst error in float64 | with golden tensors | in float32 |");
        output.WriteLine("|---|---|--:|--:|--:|--:|");
        foreach (var row in ModuleRow.Of(comparisons))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.Module} | {row.Counterparts} | {row.Count} | {Cell(row.Float64)} | {Cell(row.Golden)} | {Cell(row.Float32)}{(row.Disagreements > 0 ? $" ({row.Disagreements} differ)" : "")} |"));
        output.WriteLine();
        output.WriteLine(Summary());
    }

    private static string Cell(double? error) => error is { } value ? Number(value) : "";

    private string Summary() => string.Create(CultureInfo.InvariantCulture, $"{comparisons.Count} comparisons, {comparisons.Count - Disagreements} agree, {Disagreements} differ, in {elapsed.TotalSeconds:0.0} s");

    /// <summary>Every comparison.</summary>
    public void WriteJson(string file)
    {
        var root = new JsonObject
        {
            ["engine"] = engine,
            ["data"] = data,
            ["seed"] = seed,
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
            ["comparisons"] = comparisons.Count,
            ["differ"] = Disagreements,
            ["agrees"] = Agrees,
            ["remarks"] = new JsonArray([.. remarks.Select(remark => JsonValue.Create(remark))]),
            ["results"] = new JsonArray([.. comparisons.Select(ToJson)]),
        };
        OutputFile.Write(file, root.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    private static JsonObject ToJson(Comparison comparison) => new()
    {
        ["case"] = comparison.Case,
        ["reference"] = comparison.Reference,
        ["variant"] = comparison.Variant,
        ["what"] = comparison.What,
        ["error"] = double.IsFinite(comparison.Error) ? comparison.Error : Number(comparison.Error),
        ["tolerance"] = comparison.Tolerance,
        ["agrees"] = comparison.Agrees,
    };

    private static string Number(double value) => value == 0 ? "0" : value.ToString("0.0e-00", CultureInfo.InvariantCulture);
}
