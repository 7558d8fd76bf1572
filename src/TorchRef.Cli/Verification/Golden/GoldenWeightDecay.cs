using TorchRef.Experiments.Golden;
using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>
/// The three forms of weight decay, each written out beside an optimiser that doesn't decay, along the golden trajectories of
/// PyTorch's that do: ½λΣθ² in the loss and λθ in the gradient, and for AdamW θ(1 − ηλ) before the step.
/// </summary>
internal static class GoldenWeightDecay
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("optimizers").Cases.Where(golden => golden.Error is null))
        {
            var decays = GoldenOptimizers.GroupsOf(golden, golden.Initial.Keys.ToDictionary(name => name, _ => new Parameter(zeros([])))).Any(group => group.options.weight_decay > 0);
            if (!decays) continue;
            foreach (var form in golden.Module == "AdamW" ? s_decoupled : s_coupled)
                recorder.Run($"weight decay {form.Name} {golden.Dtype}", "golden", golden.Name, record => Follow(record, candidates, golden, form.Decay));
        }
    }

    /// <summary>One way to decay a parameter that has its gradient: λ and the other settings come from the group.</summary>
    private sealed record Form(string Name, Action<Parameter, GroupOptions> Decay);

    private static readonly Form[] s_coupled = [new("in loss", DecayInLoss), new("in gradient", DecayInGradient)];

    private static readonly Form[] s_decoupled = [new("decoupled", (parameter, options) => WeightDecay.Shrink(parameter, options.lr, options.weight_decay))];

    /// <summary>Who climbs subtracts the penalty from what is climbed.</summary>
    private static void DecayInLoss(Parameter parameter, GroupOptions options)
    {
        var penalty = WeightDecay.L2Penalty([parameter], options.weight_decay); // []
        (options.maximize ? -penalty : penalty).backward();
    }

    private static void DecayInGradient(Parameter parameter, GroupOptions options)
    {
        var gradient = parameter.grad!;                         // θ's shape
        var direction = WeightDecay.AddTo(options.maximize ? -gradient : gradient, parameter.detach(), options.weight_decay); // θ's shape
        parameter.grad = options.maximize ? -direction : direction;
    }

    private static void Follow(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, Action<Parameter, GroupOptions> decay)
    {
        var parameters = golden.Initial.ToDictionary(pair => pair.Key, pair => new Parameter(GoldenStore.ToTensor(pair.Value)));
        var groups = GoldenOptimizers.GroupsOf(golden, parameters);
        using var optimizer = candidates.Optimizer([.. groups.Select(group => (group.parameters, group.options with { weight_decay = 0 }))]);
        foreach (var step in golden.Steps)
        {
            foreach (var (name, parameter) in parameters) parameter.grad = GoldenStore.ToTensor(step.Tensors, $"{name}.grad");
            foreach (var (members, options) in groups)
                foreach (var parameter in members.Where(parameter => parameter.grad is not null)) decay(parameter, options);
            optimizer.step();
            foreach (var (name, parameter) in parameters)
                record.Compare("parameters after a step", parameter, GoldenStore.ToTensor(step[name]), Tolerances.OfSameRule(parameter.dtype));
        }
    }
}
