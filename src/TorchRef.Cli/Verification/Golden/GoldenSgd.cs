using TorchRef.Experiments.Golden;
using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>SGD along golden trajectories, its velocities at their end, and its error texts.</summary>
internal static class GoldenSgd
{
    public static void Run(ComparisonRecorder recorder)
    {
        foreach (var golden in GoldenStore.Read("optimizers").Cases.Where(golden => golden.Module == "SGD"))
            recorder.Run($"SGD {golden.Dtype}", "golden", golden.Name, record =>
            {
                if (golden.Error is null) Follow(record, golden);
                else record.Compare("error text", Thrown(golden), golden.Error);
            });
    }

    private static void Follow(ComparisonRecorder.CaseRecorder record, GoldenCase golden)
    {
        var parameters = golden.Initial.ToDictionary(pair => pair.Key, pair => new Parameter(GoldenStore.ToTensor(pair.Value)));
        using var optimizer = new SGD(GroupsOf(golden, parameters));
        foreach (var step in golden.Steps)
        {
            foreach (var (name, parameter) in parameters) parameter.grad = GoldenStore.ToTensor(step.Tensors, $"{name}.grad");
            optimizer.step();
            foreach (var (name, parameter) in parameters)
                record.Compare("parameters after a step", parameter, GoldenStore.ToTensor(step[name]), Tolerances.OfSteps(parameter.dtype));
        }
        foreach (var (name, parameter) in parameters)
            record.Compare("momentum buffer", optimizer.MomentumBuffer(parameter), GoldenStore.ToTensor(golden.Final, $"{name}.momentum_buffer"), Tolerances.OfSteps(parameter.dtype));
    }

    private static List<(IEnumerable<Parameter> parameters, SgdOptions options)> GroupsOf(GoldenCase golden, Dictionary<string, Parameter> parameters)
    {
        var defaults = OptionsOf(golden.Config, new SgdOptions(0));
        if (!golden.Config.Has("groups")) return [(parameters.Values, defaults)];
        return [.. golden.Config.GetConfigs("groups").Select(group => (group.GetStrings("params").Select(name => parameters[name]), OptionsOf(group, defaults)))];
    }

    private static SgdOptions OptionsOf(GoldenConfig config, SgdOptions fallback) => new(
        config.GetDouble("lr", fallback.lr), config.GetDouble("momentum", fallback.momentum), config.GetDouble("dampening", fallback.dampening),
        config.GetDouble("weight_decay", fallback.weight_decay), config.GetBoolean("nesterov", fallback.nesterov), config.GetBoolean("maximize", fallback.maximize));

    private static string Thrown(GoldenCase golden)
    {
        // Settings are wrong whatever the parameters are; where these are the mistake, the case names or lacks them.
        var names = golden.Name == "error_no_parameters" ? [] : new[] { "param0", "param1" };
        var parameters = names.ToDictionary(name => name, _ => new Parameter(zeros([1])));
        try
        {
            using var optimizer = new SGD(GroupsOf(golden, parameters));
            return "(nothing was thrown)";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
