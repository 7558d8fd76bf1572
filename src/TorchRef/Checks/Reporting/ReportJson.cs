using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace TorchRef.Checks.Reporting;

/// <summary>What the JSON of every report has in common: its first properties, and how values are written that JSON has no way to write.</summary>
/// <remarks>
/// Property names are camelCase and stay as they are within a version; verdicts and causes are the names of their enum
/// members; durations are seconds; NaN and infinities are the strings "NaN", "Infinity" and "-Infinity", which
/// System.Text.Json reads with <c>AllowNamedFloatingPointLiterals</c>.
/// </remarks>
internal static class ReportJson
{
    /// <summary>The version of the properties' names and meanings.</summary>
    public const int Version = 1;

    /// <summary>Writes a whole report: what all have in common, then its own properties.</summary>
    public static string Write(CheckReport report, string kind, Action<Utf8JsonWriter> own)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            json.WriteStartObject();
            json.WriteText("report", kind);
            json.WriteNumber("version", Version);
            json.WriteText("subject", report.Subject);
            json.WriteText("verdict", report.Verdict.ToString());
            json.WriteText("headline", report.ToDocument().Headline);
            json.WriteStartObject("diagnosis");
            json.WriteText("cause", report.Diagnosis.Cause.ToString());
            json.WriteText("text", report.Diagnosis.Text);
            json.WriteText("subject", report.Diagnosis.Subject);
            json.WriteValue("factor", report.Diagnosis.Factor);
            json.WriteEndObject();
            json.WriteNumber("seed", report.Seed);
            json.WriteValue("elapsedSeconds", report.Elapsed.TotalSeconds);
            own(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>A number, a string where JSON has no such number, or null.</summary>
    public static void WriteValue(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        if (value is { } number) json.WriteValue(number);
        else json.WriteNullValue();
    }

    /// <summary>A number in an array.</summary>
    public static void WriteValue(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A text, or null; half a character, which UTF-8 can't write, becomes U+FFFD.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteText(value);
    }

    /// <summary>A text in an array.</summary>
    public static void WriteText(this Utf8JsonWriter json, string? value)
    {
        if (value is null) json.WriteNullValue();
        else json.WriteStringValue(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>A shape or an index.</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IReadOnlyList<long> values)
    {
        json.WritePropertyName(name);
        json.WriteNumbers(values);
    }

    /// <summary>A shape or an index in an array.</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, IReadOnlyList<long> values)
    {
        json.WriteStartArray();
        foreach (var value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    /// <summary>Sentences.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IReadOnlyList<string> values) =>
        json.WriteItems(name, values, value => json.WriteText(value));

    /// <summary>An array of anything.</summary>
    public static void WriteItems<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    /// <summary>An array of objects.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> properties) =>
        json.WriteItems(name, items, item =>
        {
            json.WriteStartObject();
            properties(item);
            json.WriteEndObject();
        });

    /// <summary>Findings, which every kind of report has.</summary>
    public static void WriteFindings(this Utf8JsonWriter json, IReadOnlyList<Finding> findings) => json.WriteObjects("findings", findings, finding =>
    {
        json.WriteText("cause", finding.Cause.ToString());
        json.WriteText("text", finding.Text);
        json.WriteText("verdict", finding.Verdict.ToString());
    });
}
