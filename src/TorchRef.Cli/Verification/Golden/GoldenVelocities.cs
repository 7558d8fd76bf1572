using TorchRef.Experiments.Golden;
using TorchRef.Optimization;
using TorchSharp.Modules;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>
/// Momentum and Nesterov as the study notes write them along the golden trajectories of SGD: while the learning rate stays
/// the same, the velocity is −η times PyTorch's buffer and the places are the same.
/// </summary>
internal static class GoldenVelocities
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("optimizers").Cases.Where(golden => golden.Module == "SGD" && IsExpressible(golden)))
        {
            var nesterov = golden.Config.GetBoolean("nesterov", false);
            recorder.Run($"{(nesterov ? "Nesterov" : "Momentum")} {golden.Dtype}", "golden", golden.Name, record =>
            {
                if (golden.Error is null) Follow(record, candidates, golden);
                else record.Compare("error text", GoldenOptimizers.Thrown(candidates, golden, Converted), golden.Error);
            });
        }
    }

    /// <summary>These optimisers don't dampen, and being Nesterov's isn't an option of theirs which could be wrong.</summary>
    private static bool IsExpressible(GoldenCase golden) =>
        golden.Config.GetDouble("dampening", 0) == 0 && !(golden.Error is not null && golden.Config.Has("nesterov"));

    private static GroupOptions Converted(GroupOptions options)
    {
        var sgd = (SgdOptions)options;
        return sgd.nesterov ? new NesterovOptions(sgd.lr, sgd.momentum, sgd.weight_decay, sgd.maximize) : new MomentumOptions(sgd.lr, sgd.momentum, sgd.weight_decay, sgd.maximize);
    }

    private static void Follow(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden)
    {
        var parameters = golden.Initial.ToDictionary(pair => pair.Key, pair => new Parameter(GoldenStore.ToTensor(pair.Value)));
        List<(IEnumerable<Parameter> parameters, GroupOptions options)> groups = [.. GoldenOptimizers.GroupsOf(golden, parameters).Select(group => (group.parameters, Converted(group.options)))];
        using var optimizer = candidates.Optimizer(groups);
        var tolerance = Tolerances.OfSameRule(GoldenStore.TypeOf(golden.Dtype));
        foreach (var step in golden.Steps)
        {
            foreach (var (name, parameter) in parameters) parameter.grad = GoldenStore.ToTensor(step.Tensors, $"{name}.grad");
            optimizer.step();
            foreach (var (name, parameter) in parameters)
                record.Compare("parameters after a step", parameter, GoldenStore.ToTensor(step[name]), tolerance);
        }
        using var state = optimizer.state_dict();
        var found = GoldenOptimizers.ByName(state, [.. parameters.Keys]);
        foreach (var (name, buffer) in golden.Final)
        {
            var owner = name.Split('.')[0];
            var lr = groups.Single(group => group.parameters.Contains(parameters[owner])).options.lr;
            record.Compare("velocity", found.GetValueOrDefault($"{owner}.velocity"), GoldenStore.ToTensor(buffer) * -lr, tolerance); // the parameter's shape
        }
    }
}
