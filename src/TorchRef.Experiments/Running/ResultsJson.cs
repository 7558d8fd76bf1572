using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Running;

/// <summary>A result as JSON: the same bytes for the same seed, machine and number of threads, so no times and no paths.</summary>
internal static class ResultsJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(RunResult result)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, s_options))
        {
            json.WriteStartObject();
            json.WriteString("experiment", result.Name);
            json.WriteString("description", result.Description);
            json.WriteBoolean("complete", result.IsComplete);
            json.WriteString("parts", $"{result.PartsDone} of {result.Plan.Parts.Count}");
            WriteSettings(json, result.Plan.Settings);
            json.WritePropertyName("seeds");
            json.WriteRawValue($"[{string.Join(", ", result.Plan.Seeds)}]");
            json.WriteString("engine", result.Engine);
            WriteData(json, result);
            WriteFindings(json, result.Outcome.Findings);
            WriteTables(json, result.Outcome.Tables);
            json.WriteStartObject("series");
            foreach (string name in result.Records.Names) WriteNumbers(json, name, result.Records[name]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length) + "\n";
    }

    private static void WriteSettings(Utf8JsonWriter json, IReadOnlyList<Setting> settings)
    {
        json.WriteStartObject("settings");
        foreach (Setting setting in settings)
        {
            if (setting.Value is double[] numbers)
            {
                WriteNumbers(json, setting.Name, numbers);
                continue;
            }

            json.WritePropertyName(setting.Name);
            switch (setting.Value)
            {
                case double number: json.WriteRawValue(Exact.Json(number)); break;
                case string[] words: WriteWords(json, words); break;
                default: json.WriteStringValue(setting.Text); break;
            }
        }

        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, RunResult result)
    {
        if (result.Plan.Data is not { } data)
        {
            json.WriteNull("data");
            return;
        }

        json.WriteStartObject("data");
        json.WriteString("name", data.Name);
        json.WriteNumber("train", data.Train.Count);
        json.WriteNumber("test", data.Test.Count);
        json.WriteString("sha256", data.Checksum);
        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<ExperimentFinding> findings)
    {
        json.WriteStartArray("findings");
        foreach (ExperimentFinding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("statement", finding.Statement);
            json.WriteString("verdict", VerdictWords.Of(finding.Outcome));
            json.WriteString("measured", finding.Measured);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTables(Utf8JsonWriter json, IReadOnlyList<ReportTable> tables)
    {
        json.WriteStartArray("tables");
        foreach (ReportTable table in tables)
        {
            json.WriteStartObject();
            json.WriteString("caption", table.Caption ?? "");
            json.WritePropertyName("columns");
            WriteWords(json, table.Columns.Select(column => column.Title));
            json.WriteStartArray("rows");
            foreach (IReadOnlyList<string> row in table.Rows) WriteWords(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>In one line: a number a line would make thousands of them.</summary>
    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", values.Select(Exact.Json))}]");
    }

    private static void WriteWords(Utf8JsonWriter json, IEnumerable<string> words) =>
        json.WriteRawValue($"[{string.Join(", ", words.Select(word => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(word)}\""))}]");
}
