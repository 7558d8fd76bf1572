using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>The reports of both kinds of parity as JSON.</summary>
internal static class ParityJson
{
    public static string Write(ModuleParityReport report) => Write(report, writer =>
    {
        WriteComparison(writer, report.Entries, report.FirstDivergence, report.Findings, report.Planted, report.BlindSpots, report.Ulps);
        WriteTexts(writer, "variations", report.Variations);
        WriteTexts(writer, "phases", report.Phases);
        writer.WriteNumber("evaluations", report.Evaluations);
    });

    public static string Write(CheckReport report, Action<Utf8JsonWriter> rest)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("subject", report.Subject);
            writer.WriteString("verdict", report.Verdict.ToString());
            writer.WriteStartObject("diagnosis");
            writer.WriteString("cause", report.Diagnosis.Cause.ToString());
            writer.WriteString("text", report.Diagnosis.Text);
            if (report.Diagnosis.Subject is { } subject) writer.WriteString("subject", subject);
            if (report.Diagnosis.Factor is { } factor) Number(writer, "factor", factor);
            writer.WriteEndObject();
            writer.WriteNumber("seed", report.Seed);
            Number(writer, "seconds", report.Elapsed.TotalSeconds);
            rest(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void WriteComparison(
        Utf8JsonWriter writer, IReadOnlyList<ParityEntry> entries, Divergence? first, IReadOnlyList<Finding> findings, IReadOnlyList<PlantedFault> planted,
        IReadOnlyList<string> blindSpots, IReadOnlyDictionary<ScalarType, UlpHistogram> ulps)
    {
        if (first is not null)
        {
            writer.WriteStartObject("firstDivergence");
            WritePlace(writer, first.Quantity, first.Phase, first.Step, first.Type, first.Index);
            Number(writer, "actual", first.Actual);
            Number(writer, "expected", first.Expected);
            Number(writer, "allowed", first.Allowed);
            writer.WriteEndObject();
        }
        WriteAll(writer, "entries", entries, entry =>
        {
            WritePlace(writer, entry.Quantity, entry.Phase, entry.Step, entry.Type, entry.Index);
            Number(writer, "error", entry.Error);
            Number(writer, "allowed", entry.Allowed);
            Number(writer, "largest", entry.Largest);
            writer.WriteNumber("compared", entry.Compared);
            writer.WriteNumber("diverged", entry.Diverged);
            writer.WriteString("verdict", entry.Verdict.ToString());
        });
        WriteAll(writer, "findings", findings, finding =>
        {
            writer.WriteString("cause", finding.Cause.ToString());
            writer.WriteString("text", finding.Text);
            writer.WriteString("verdict", finding.Verdict.ToString());
        });
        WriteAll(writer, "planted", planted, fault =>
        {
            writer.WriteString("where", fault.Where);
            Number(writer, "size", fault.Size);
            Number(writer, "relativeSize", fault.RelativeSize);
            writer.WriteBoolean("caught", fault.Caught);
        });
        WriteTexts(writer, "blindSpots", blindSpots);
        WriteAll(writer, "ulps", ulps, pair =>
        {
            writer.WriteString("type", ParityDocument.TypeName(pair.Key));
            writer.WriteNumber("total", pair.Value.Total);
            writer.WriteNumber("largest", pair.Value.Largest);
            WriteAll(writer, "bars", pair.Value.Bars, bar =>
            {
                writer.WriteString("distance", bar.label);
                writer.WriteNumber("count", bar.count);
            });
        });
    }

    public static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter writer, string quantity, string phase, int step, ScalarType type, IReadOnlyList<long> index)
    {
        writer.WriteString("quantity", quantity);
        writer.WriteString("phase", phase);
        writer.WriteNumber("step", step);
        writer.WriteString("type", ParityDocument.TypeName(type));
        writer.WriteStartArray("index");
        foreach (var i in index) writer.WriteNumberValue(i);
        writer.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumber(name, value);
        else writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }
}
