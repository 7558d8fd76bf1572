using TorchRef.Experiments.Golden;
using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Every optimiser along golden trajectories, its state at their end, and its error texts.</summary>
internal static class GoldenOptimizers
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("optimizers").Cases)
            recorder.Run($"{golden.Module} {golden.Dtype}", "golden", golden.Name, record =>
            {
                if (golden.Error is null) Follow(record, candidates, golden);
                else record.Compare("error text", Thrown(candidates, golden, options => options), golden.Error);
            });
    }

    private static void Follow(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden)
    {
        var parameters = golden.Initial.ToDictionary(pair => pair.Key, pair => new Parameter(GoldenStore.ToTensor(pair.Value)));
        using var optimizer = candidates.Optimizer(GroupsOf(golden, parameters));
        foreach (var step in golden.Steps)
        {
            foreach (var (name, parameter) in parameters) parameter.grad = GoldenStore.ToTensor(step.Tensors, $"{name}.grad");
            optimizer.step();
            foreach (var (name, parameter) in parameters)
                record.Compare("parameters after a step", parameter, GoldenStore.ToTensor(step[name]), Tolerances.OfSteps(parameter.dtype));
        }
        using var state = optimizer.state_dict();
        var found = ByName(state, [.. parameters.Keys]);
        record.Compare("names of the state", Sorted(found.Keys), Sorted(golden.Final.Select(pair => pair.Key)));
        foreach (var (name, value) in golden.Final)
            record.Compare(name.Split('.')[1], InTypeOf(found.GetValueOrDefault(name), value), GoldenStore.ToTensor(value), Tolerances.OfSteps(GoldenStore.TypeOf(golden.Dtype)));
    }

    /// <summary>What is remembered, as <c>param0.exp_avg</c>.</summary>
    public static Dictionary<string, Tensor> ByName(OptimizerStateDict state, string[] parameters) => state.State
        .SelectMany(one => one.Value.Select(pair => (name: $"{parameters[one.Key]}.{pair.Key}", tensor: pair.Value)))
        .ToDictionary(pair => pair.name, pair => pair.tensor);

    /// <summary>RMSprop counts in Python's int in the version that made the files, in a float32 tensor since, as the others.</summary>
    private static Tensor? InTypeOf(Tensor? count, GoldenTensor golden) => golden.Dtype == "int64" ? count?.to_type(ScalarType.Int64) : count;

    private static string Sorted(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    /// <summary>The groups of a case with their settings.</summary>
    public static List<(IEnumerable<Parameter> parameters, GroupOptions options)> GroupsOf(GoldenCase golden, Dictionary<string, Parameter> parameters)
    {
        var defaults = OptionsOf(golden.Config, DefaultsOf(golden.Module));
        if (!golden.Config.Has("groups")) return [(parameters.Values, defaults)];
        return [.. golden.Config.GetConfigs("groups").Select(group => (group.GetStrings("params").Select(name => parameters[name]), OptionsOf(group, defaults)))];
    }

    private static GroupOptions DefaultsOf(string module) => module switch
    {
        "SGD" => new SgdOptions(0),
        "Adam" => new AdamOptions(),
        "AdamW" => new AdamWOptions(),
        "RMSprop" => new RMSpropOptions(),
        "Adagrad" => new AdaGradOptions(),
        _ => throw new NotSupportedException($"an optimiser of the golden file must be known: expected SGD, Adam, AdamW, RMSprop or Adagrad but got {module}"),
    };

    private static GroupOptions OptionsOf(GoldenConfig config, GroupOptions fallback) =>
        fallback.Merge(fallback.ToDictionary().Where(pair => config.Has(pair.Key)).ToDictionary(pair => pair.Key, object (pair) => pair.Value switch
        {
            bool => config.GetBoolean(pair.Key),
            double => config.GetDouble(pair.Key),
            _ => config.GetDoubles(pair.Key),
        }));

    /// <summary>What the constructor says to the settings of a case, made into those of the optimiser in question.</summary>
    public static string Thrown(Candidates candidates, GoldenCase golden, Func<GroupOptions, GroupOptions> convert)
    {
        // Settings are wrong whatever the parameters are; where these are the mistake, the case names or lacks them.
        var names = golden.Name == "error_no_parameters" ? [] : new[] { "param0", "param1" };
        var parameters = names.ToDictionary(name => name, _ => new Parameter(zeros([1])));
        try
        {
            using var optimizer = candidates.Optimizer([.. GroupsOf(golden, parameters).Select(group => (group.parameters, convert(group.options)))]);
            return "(nothing was thrown)";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
