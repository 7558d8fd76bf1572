using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults.Planted;

/// <summary>SGD written again, with a fault.</summary>
internal sealed class PlantedSgd(IEnumerable<(IEnumerable<Parameter> parameters, SgdOptions options)> groups, OptimizerFault fault) : Optimizer<SgdOptions>(groups)
{
    protected override void Update(Parameter parameter, Tensor gradient, SgdOptions options, ParameterState state)
    {
        var lambda = options.weight_decay * (fault == OptimizerFault.DoubledDecay ? 2 : 1);
        if (fault == OptimizerFault.DecayWithoutGradient)
            foreach (var other in ParamGroups.SelectMany(group => group.Parameters).Where(one => one.grad is null)) other.mul_(1 - options.lr * lambda);
        if (fault == OptimizerFault.DecayIntoGradient) gradient.add_(parameter, lambda);
        var direction = options.maximize ? -gradient : gradient;
        if (options.decoupled_weight_decay)
            parameter.mul_(1 - lambda * (fault == OptimizerFault.DecayWithoutRate ? 1 : options.lr));
        else if (fault == OptimizerFault.DecayTurnedWhenClimbing)
            direction = direction.add(parameter, options.maximize ? -lambda : lambda);
        else if (fault is not (OptimizerFault.DecayAfterMomentum or OptimizerFault.DecayOfUpdatedWeight or OptimizerFault.DecayIntoGradient))
            direction = direction.add(parameter, lambda);

        if (options.momentum != 0)
        {
            var kept = 1 - options.dampening;
            var velocity = state.Find("momentum_buffer") is { } old ? old.mul_(options.momentum).add_(direction, kept)
                : state.GetOrAdd("momentum_buffer", () => fault == OptimizerFault.DampenedStart ? direction * kept : direction.clone());
            if (!options.nesterov) direction = velocity;
            else if (fault == OptimizerFault.NesterovWithNewVelocity)
                direction = direction * (1 + options.momentum) + velocity * (options.momentum * options.momentum);
            else direction = direction.add(velocity, options.momentum);
        }
        if (fault == OptimizerFault.DecayAfterMomentum && !options.decoupled_weight_decay) direction = direction.add(parameter, lambda);
        parameter.add_(direction, -options.lr);
        if (fault == OptimizerFault.DecayOfUpdatedWeight && !options.decoupled_weight_decay) parameter.mul_(1 - options.lr * lambda);
    }
}
