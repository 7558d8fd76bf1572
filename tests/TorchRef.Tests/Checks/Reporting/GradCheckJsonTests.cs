using System.Text.Json;
using System.Text.Json.Serialization;
using TorchRef.Checks;

namespace TorchRef.Tests.Checks.Reporting;

/// <summary>Reports for other programs.</summary>
public sealed class GradCheckJsonTests
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public void The_names_of_the_properties_stay_as_they_are()
    {
        using var json = JsonDocument.Parse(MadeUp.Factor.ToJson());

        Assert.Equal(
            ["report", "version", "subject", "verdict", "headline", "diagnosis", "seed", "elapsedSeconds", "evaluations", "backwards", "compared", "power", "entries", "inputs", "findings", "blindSpots", "variations", "structure", "outputShapes", "planted", "errorMaps", "options"],
            Names(json.RootElement));
        Assert.Equal(["cause", "text", "subject", "factor"], Names(json.RootElement.GetProperty("diagnosis")));
        Assert.Equal(
            ["output", "outputIndex", "outputPart", "input", "inputIndex", "inputPart", "order", "analytic", "numeric", "bar", "allowed", "error", "verdict", "leftSlope", "rightSlope", "kinkDistance"],
            Names(json.RootElement.GetProperty("entries")[0]));
    }

    [Fact]
    public void The_first_properties_say_what_it_is()
    {
        using var json = JsonDocument.Parse(MadeUp.Factor.ToJson());
        var root = json.RootElement;

        Assert.Equal(("gradient check", 1, "Fail", 7L), (root.GetProperty("report").GetString(), root.GetProperty("version").GetInt32(), root.GetProperty("verdict").GetString(), root.GetProperty("seed").GetInt64()));
        Assert.Equal("FAIL: the gradient of weight is 2 times too large (factor 2.000 in all 6 entries that aren't 0).", root.GetProperty("headline").GetString());
        Assert.Equal(("ConstantFactor", "weight", 2.0), (root.GetProperty("diagnosis").GetProperty("cause").GetString(), root.GetProperty("diagnosis").GetProperty("subject").GetString(), root.GetProperty("diagnosis").GetProperty("factor").GetDouble()));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData(MadeUp.HostileName)]
    public void Values_come_back_bit_for_bit(string name)
    {
        var report = MadeUp.Hostile(name);
        using var json = JsonDocument.Parse(report.ToJson());
        var root = json.RootElement;

        Assert.Equal(name, root.GetProperty("subject").GetString());
        Assert.Equal(report.Evaluations, root.GetProperty("evaluations").GetInt64());
        foreach (var (expected, actual) in report.Entries.Zip(root.GetProperty("entries").EnumerateArray()))
        {
            var read = actual.Deserialize<GradCheckEntry>(s_options)!;
            Assert.Equal(expected.OutputIndex, read.OutputIndex);
            Assert.Equal(expected with { OutputIndex = [], InputIndex = [] }, read with { OutputIndex = [], InputIndex = [] });
        }
        Assert.Equal(report.Inputs[0] with { Shape = [] }, root.GetProperty("inputs")[0].Deserialize<InputSummary>(s_options)! with { Shape = [] });
        Assert.Equal(report.Planted, root.GetProperty("planted").Deserialize<PlantedFault[]>(s_options));
        Assert.Equal(report.Findings, root.GetProperty("findings").Deserialize<Finding[]>(s_options));
        Assert.Equal(report.BlindSpots, root.GetProperty("blindSpots").Deserialize<string[]>(s_options));
    }

    [Fact]
    public void Numbers_that_JSON_cannot_write_are_strings()
    {
        using var json = JsonDocument.Parse(MadeUp.Hostile("x").ToJson());
        var entry = json.RootElement.GetProperty("entries")[0];

        Assert.Equal(("NaN", "Infinity"), (entry.GetProperty("analytic").GetString(), entry.GetProperty("numeric").GetString()));
        Assert.Equal("-Infinity", json.RootElement.GetProperty("entries")[1].GetProperty("leftSlope").GetString());
        Assert.Equal("[[\"Infinity\",\"NaN\"],[0,2]]", Compact(json.RootElement.GetProperty("errorMaps")[0].GetProperty("ratios")));
    }

    [Fact]
    public void Half_a_character_becomes_the_character_that_stands_for_it()
    {
        using var json = JsonDocument.Parse(MadeUp.Hostile(MadeUp.BrokenName).ToJson());

        Assert.Equal("half \uFFFD of it", json.RootElement.GetProperty("subject").GetString());
    }

    [Fact]
    public void Every_option_is_there()
    {
        using var json = JsonDocument.Parse(MadeUp.Hostile("x").ToJson());
        var options = json.RootElement.GetProperty("options");
        // What tells others of the progress and what stops the check are no settings of it.
        var settings = typeof(GradCheckOptions).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Except(["progress", "cancellation"]);

        Assert.Equal(settings.Order(StringComparer.Ordinal), Names(options).Order(StringComparer.Ordinal));
        Assert.Equal(("Fast", 2, 1e-3), (options.GetProperty("mode").GetString(), options.GetProperty("order").GetInt32(), options.GetProperty("absoluteTolerance").GetDouble()));
    }

    [Fact]
    public void Every_property_of_the_report_is_there()
    {
        using var json = JsonDocument.Parse(MadeUp.Right.ToJson());
        // The time is in seconds, and says so.
        var expected = typeof(GradCheckReport).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Except(["elapsed"]);

        Assert.Empty(expected.Except(Names(json.RootElement)));
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
