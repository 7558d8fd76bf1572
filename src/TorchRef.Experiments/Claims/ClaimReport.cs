using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Claims;

/// <summary>The result of an audit as JSON and as a page.</summary>
public sealed class ClaimReport(IReadOnlyList<ClaimResult> results, string engine, string data, ulong seed)
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A verdict in words.</summary>
    public static string Word(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.HoldsWithCaveat => "holds with a caveat",
        ClaimVerdict.Wrong => "wrong",
        _ => "not measured",
    };

    /// <summary>How many claims got which verdict, in words.</summary>
    public string Summary => $"{results.Count} {(results.Count == 1 ? "claim" : "claims")}: {string.Join(", ", Enum.GetValues<ClaimVerdict>().Select(verdict => $"{results.Count(result => result.Verdict == verdict)} {(verdict == ClaimVerdict.Holds ? "hold" : verdict == ClaimVerdict.HoldsWithCaveat ? "hold with a caveat" : Word(verdict))}"))}";

    /// <summary>What was measured for a claim, each in a line; last what would have to be.</summary>
    public static IEnumerable<string> Lines(ClaimResult result) =>
    [
        .. result.Evidence.Select(one => $"{(one.IsTrue ? "true" : "false")}{(one.IsLimit ? ", a limit" : "")}: {one.What} ({one.Measured})"),
        .. result.Missing.Select(name => $"takes the experiment {name}, which isn't in the catalogue"),
    ];

    /// <summary>All of it as JSON.</summary>
    public string ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, s_options))
        {
            json.WriteStartObject();
            json.WriteString("engine", engine);
            json.WriteString("data", data);
            json.WriteNumber("seed", seed);
            json.WriteString("summary", Summary);
            json.WriteStartArray("claims");
            foreach (ClaimResult result in results) Write(json, result);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length) + "\n";
    }

    /// <summary>All of it as one page.</summary>
    public HtmlReport ToHtml() => new()
    {
        Title = "What the study notes claim",
        Blocks =
        [
            new ReportParagraph($"{Summary}. Each verdict follows from the measurements beside it."),
            .. results.GroupBy(result => result.Claim.Note).SelectMany(note => new ReportBlock[] { new ReportHeading($"Note {note.Key}"), Table(note) }),
            new ReportHeading("Settings"),
            new ReportSettings([new("engine", engine), new("data", data), new("seed", $"{seed}")]),
        ],
    };

    private static ReportTable Table(IEnumerable<ClaimResult> note) => new()
    {
        Columns = [new ReportColumn(""), new ReportColumn("claim"), new ReportColumn("verdict"), new ReportColumn("measured"), new ReportColumn("why")],
        Rows = [.. note.Select(result => (IReadOnlyList<string>)[result.Claim.Id, result.Claim.Statement, Word(result.Verdict), string.Join("; ", Lines(result)), result.Why])],
    };

    private static void Write(Utf8JsonWriter json, ClaimResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Claim.Id);
        json.WriteString("note", result.Claim.Note);
        json.WriteString("claim", result.Claim.Statement);
        json.WriteString("verdict", Word(result.Verdict));
        json.WriteString("why", result.Why);
        json.WriteStartArray("evidence");
        foreach (ClaimEvidence one in result.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("statement", one.What);
            json.WriteBoolean("true", one.IsTrue);
            json.WriteBoolean("limit", one.IsLimit);
            json.WriteString("measured", one.Measured);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("missing experiments");
        foreach (string name in result.Missing) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
