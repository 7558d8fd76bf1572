using System.Text.Json;
using TorchRef.Checks.Reporting;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>The reports of both kinds of parity as JSON.</summary>
internal static class ParityJson
{
    public static string Write(ModuleParityReport report) => ReportJson.Write(report, "module parity", json =>
    {
        json.WriteNumber("evaluations", report.Evaluations);
        json.WriteTexts("phases", report.Phases);
        WriteComparison(json, report.FirstDivergence, report.Entries, report.Ulps, report.Planted);
        json.WriteFindings(report.Findings);
        json.WriteTexts("blindSpots", report.BlindSpots);
        json.WriteTexts("variations", report.Variations);
        var options = report.Options;
        json.WriteStartObject("options");
        json.WriteNumber("steps", options.Steps);
        json.WriteNumber("order", options.Order);
        json.WriteBoolean("copyState", options.CopyState);
        json.WriteBoolean("randomizeState", options.RandomizeState);
        json.WriteBoolean("vary", options.Vary);
        json.WriteBoolean("float32", options.Float32);
        json.WriteBoolean("compareStateDict", options.CompareStateDict);
        json.WriteBoolean("compareRandomNumbers", options.CompareRandomNumbers);
        json.WriteBoolean("compareErrorTexts", options.CompareErrorTexts);
        json.WriteValue("requiredPower", options.RequiredPower);
        json.WriteEndObject();
    });

    public static string Write(OptimizerParityReport report) => ReportJson.Write(report, "optimizer parity", json =>
    {
        json.WriteNumber("evaluations", report.Evaluations);
        json.WriteNumber("steps", report.Steps);
        WriteComparison(json, report.FirstDivergence, report.Entries, report.Ulps, report.Planted);
        json.WriteFindings(report.Findings);
        json.WriteTexts("blindSpots", report.BlindSpots);
        var options = report.Options;
        json.WriteStartObject("options");
        json.WriteBoolean("float32", options.Float32);
        json.WriteBoolean("compareState", options.CompareState);
        json.WriteValue("requiredPower", options.RequiredPower);
        json.WriteEndObject();
    });

    private static void WriteComparison(
        Utf8JsonWriter json, Divergence? first, IReadOnlyList<ParityEntry> entries, IReadOnlyDictionary<ScalarType, UlpHistogram> ulps, IReadOnlyList<PlantedFault> planted)
    {
        json.WritePropertyName("firstDivergence");
        if (first is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStartObject();
            WritePlace(json, first.Quantity, first.Phase, first.Step, first.Type, first.Index);
            json.WriteValue("actual", first.Actual);
            json.WriteValue("expected", first.Expected);
            json.WriteValue("allowed", first.Allowed);
            json.WriteEndObject();
        }
        json.WriteObjects("entries", entries, entry =>
        {
            WritePlace(json, entry.Quantity, entry.Phase, entry.Step, entry.Type, entry.Index);
            json.WriteValue("error", entry.Error);
            json.WriteValue("allowed", entry.Allowed);
            json.WriteValue("largest", entry.Largest);
            json.WriteNumber("compared", entry.Compared);
            json.WriteNumber("diverged", entry.Diverged);
            json.WriteText("verdict", entry.Verdict.ToString());
        });
        json.WriteObjects("ulps", [.. ulps], pair =>
        {
            json.WriteText("type", ParityDocument.TypeName(pair.Key));
            json.WriteNumber("total", pair.Value.Total);
            json.WriteNumber("largest", pair.Value.Largest);
            json.WriteObjects("bars", pair.Value.Bars, bar =>
            {
                json.WriteText("distance", bar.label);
                json.WriteNumber("count", bar.count);
            });
        });
        json.WriteObjects("planted", planted, fault =>
        {
            json.WriteText("where", fault.Where);
            json.WriteValue("size", fault.Size);
            json.WriteValue("relativeSize", fault.RelativeSize);
            json.WriteBoolean("caught", fault.Caught);
        });
    }

    private static void WritePlace(Utf8JsonWriter json, string quantity, string phase, int step, ScalarType type, IReadOnlyList<long> index)
    {
        json.WriteText("quantity", quantity);
        json.WriteText("phase", phase);
        json.WriteNumber("step", step);
        json.WriteText("type", ParityDocument.TypeName(type));
        json.WriteNumbers("index", index);
    }
}
