using System.Text.Json.Nodes;

namespace TorchRef.Cli.Bench;

/// <summary>What was measured of the checks, as JSON.</summary>
internal static class ChecksJson
{
    public static JsonObject Of(ChecksResult result, long seed) => new()
    {
        ["seed"] = seed,
        ["faults"] = new JsonArray([.. result.Faults.Select(outcome => Fault(outcome, result.Peer))]),
        ["correct"] = new JsonArray([.. result.Correct.Select(Correct)]),
        ["coverage"] = result.Coverage is { } coverage ? new JsonObject
        {
            ["entries"] = coverage.Entries,
            ["covered"] = coverage.Covered,
            ["largest_error_in_bars"] = Finite(coverage.Worst.ratio),
            ["where"] = coverage.Worst.where,
            ["median_bar"] = Finite(coverage.MedianBar),
            ["bar_of_99_percent"] = Finite(coverage.WideBar),
        }
        : null,
        ["speed"] = result.Speed is { } speed ? new JsonObject
        {
            ["engine_seconds"] = speed.Engine,
            ["engine_evaluations"] = speed.EngineEvaluations,
            ["own_seconds"] = speed.Own,
            ["own_evaluations"] = speed.OwnEvaluations,
            ["power"] = Finite(speed.Power),
            ["python_seconds"] = speed.Python,
            ["python_evaluations"] = speed.PythonEvaluations,
        }
        : null,
        ["leaks"] = result.Leaks is { } leaks ? new JsonObject { ["checks"] = leaks.Checks, ["alive_before"] = leaks.Before, ["alive_after"] = leaks.After, ["bytes"] = leaks.Growth } : null,
        ["shortfalls"] = new JsonArray([.. result.Shortfalls().Select(shortfall => (JsonNode)shortfall)]),
    };

    private static JsonObject Fault(FaultOutcome outcome, IReadOnlyDictionary<string, GradCheckAnswer>? peer)
    {
        var answer = peer?.GetValueOrDefault(outcome.Fault.ToString());
        return new JsonObject
        {
            ["family"] = outcome.Fault.Family,
            ["name"] = outcome.Fault.Name,
            ["check"] = outcome.Fault.Tool.ToString(),
            ["verdict"] = outcome.Verdict?.ToString(),
            ["caught"] = outcome.Caught,
            ["diagnosed"] = outcome.Diagnosed,
            ["cause"] = outcome.Cause.ToString(),
            ["expected"] = new JsonArray([.. outcome.Fault.Expected.Select(cause => (JsonNode)cause.ToString())]),
            ["text"] = outcome.Text,
            ["gradcheck_slow"] = answer?.Slow,
            ["gradcheck_fast"] = answer?.Fast,
        };
    }

    private static JsonObject Correct(CorrectOutcome outcome) => new()
    {
        ["family"] = outcome.Function.Family,
        ["name"] = outcome.Function.Name,
        ["verdict"] = outcome.Verdict?.ToString(),
        ["as_it_should_be"] = outcome.IsRight,
        ["text"] = outcome.Text,
    };

    private static JsonNode Finite(double value) => double.IsFinite(value) ? value : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
