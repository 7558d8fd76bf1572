using System.Text.Json;

namespace TorchRef.Checks.Reporting;

/// <summary>A gradient check as JSON.</summary>
internal static class GradCheckJson
{
    /// <summary>A map of errors larger than this is grouped, as in the picture.</summary>
    private const int LargestMap = 128;

    public static string Write(GradCheckReport report) => ReportJson.Write(report, "gradient check", json => Own(json, report));

    private static void Own(Utf8JsonWriter json, GradCheckReport report)
    {
        json.WriteNumber("evaluations", report.Evaluations);
        json.WriteNumber("backwards", report.Backwards);
        json.WriteNumber("compared", report.Compared);
        json.WriteValue("power", report.Power);
        json.WriteObjects("entries", report.Entries, entry => Entry(json, entry));
        json.WriteObjects("inputs", report.Inputs, input => Input(json, input));
        json.WriteFindings(report.Findings);
        json.WriteTexts("blindSpots", report.BlindSpots);
        json.WriteTexts("variations", report.Variations);
        json.WriteTexts("structure", report.Structure);
        json.WriteItems("outputShapes", report.OutputShapes, shape => json.WriteNumbers(shape));
        json.WriteObjects("planted", report.Planted, fault =>
        {
            json.WriteText("where", fault.Where);
            json.WriteValue("size", fault.Size);
            json.WriteValue("relativeSize", fault.RelativeSize);
            json.WriteBoolean("caught", fault.Caught);
        });
        json.WriteObjects("errorMaps", [.. report.ErrorMaps.Where(map => map.HasWrong)], map => Map(json, map));
        json.WriteStartObject("options");
        Options(json, report.Options);
        json.WriteEndObject();
    }

    private static void Entry(Utf8JsonWriter json, GradCheckEntry entry)
    {
        json.WriteNumber("output", entry.Output);
        json.WriteNumbers("outputIndex", entry.OutputIndex);
        json.WriteText("outputPart", entry.OutputPart);
        json.WriteText("input", entry.Input);
        json.WriteNumbers("inputIndex", entry.InputIndex);
        json.WriteText("inputPart", entry.InputPart);
        json.WriteNumber("order", entry.Order);
        json.WriteValue("analytic", entry.Analytic);
        json.WriteValue("numeric", entry.Numeric);
        json.WriteValue("bar", entry.Bar);
        json.WriteValue("allowed", entry.Allowed);
        json.WriteValue("error", entry.Error);
        json.WriteText("verdict", entry.Verdict.ToString());
        json.WriteValue("leftSlope", entry.LeftSlope);
        json.WriteValue("rightSlope", entry.RightSlope);
        json.WriteValue("kinkDistance", entry.KinkDistance);
    }

    private static void Input(Utf8JsonWriter json, InputSummary input)
    {
        json.WriteText("name", input.Name);
        json.WriteNumbers("shape", input.Shape);
        json.WriteText("verdict", input.Verdict.ToString());
        json.WriteNumber("entries", input.Entries);
        json.WriteNumber("wrong", input.Wrong);
        json.WriteNumber("excused", input.Excused);
        json.WriteNumber("kinks", input.Kinks);
        json.WriteNumber("unseen", input.Unseen);
        json.WriteValue("worstRatio", input.WorstRatio);
        json.WriteValue("largestGradient", input.LargestGradient);
    }

    private static void Map(Utf8JsonWriter json, ErrorMap errors)
    {
        var ratios = errors.Ratios;
        var map = HeatMap.Of(ratios, LargestMap, LargestMap);
        json.WriteText("input", errors.Input);
        json.WriteNumber("order", errors.Order);
        json.WriteText("where", errors.Where);
        json.WriteNumber("rows", ratios.GetLength(0));
        json.WriteNumber("columns", ratios.GetLength(1));
        json.WriteNumber("rowsPerCell", map.RowsPerCell);
        json.WriteNumber("columnsPerCell", map.ColumnsPerCell);
        json.WriteItems("ratios", [.. Enumerable.Range(0, map.Rows)], row =>
        {
            json.WriteStartArray();
            for (var column = 0; column < map.Columns; column++) json.WriteValue(map[row, column]);
            json.WriteEndArray();
        });
    }

    private static void Options(Utf8JsonWriter json, GradCheckOptions options)
    {
        json.WriteText("mode", options.Mode.ToString());
        json.WriteNumber("order", options.Order);
        json.WriteNumber("seed", options.Seed);
        json.WriteValue("relativeFloor", options.RelativeFloor);
        json.WriteValue("absoluteTolerance", options.AbsoluteTolerance);
        json.WriteValue("requiredPower", options.RequiredPower);
        json.WriteBoolean("vary", options.Vary);
        json.WriteBoolean("promoteToFloat64", options.PromoteToFloat64);
        json.WriteNumber("worstEntries", options.WorstEntries);
        json.WriteNumber("probes", options.Probes);
        json.WriteText("subject", options.Subject);
        if (options.InputNames is { } names) json.WriteTexts("inputNames", names);
        else json.WriteNull("inputNames");
    }
}
