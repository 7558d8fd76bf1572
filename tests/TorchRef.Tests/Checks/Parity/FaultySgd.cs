using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>SGD with at most one fault planted in it.</summary>
internal sealed class FaultySgd(IEnumerable<Parameter> parameters, SgdOptions settings, StepFault fault) : Optimizer<SgdOptions>([(parameters, settings)])
{
    protected override void Update(Parameter parameter, Tensor gradient, SgdOptions options, ParameterState state)
    {
        if (fault == StepFault.Throws) throw new InvalidOperationException("no such key");
        var lambda = options.weight_decay * (fault == StepFault.DoubledDecay ? 2 : fault == StepFault.NoDecay ? 0 : 1);
        if (fault == StepFault.DecayWithoutGradient)
            foreach (var other in ParamGroups.SelectMany(group => group.Parameters).Where(one => one.grad is null)) other.mul_(1 - options.lr * lambda);
        if (fault == StepFault.DecayIntoGradient) gradient.add_(parameter, lambda);
        var direction = options.maximize != (fault == StepFault.SignTurned) ? -gradient : gradient; // θ's shape
        if (fault == StepFault.SinglePrecision) direction = direction.to_type(ScalarType.Float32).to_type(gradient.dtype) * (1 + 1e-8);
        if (options.decoupled_weight_decay != (fault == StepFault.CoupledForDecoupled)) parameter.mul_(1 - lambda * (fault == StepFault.DecayWithoutRate ? 1 : options.lr));
        else if (fault is not (StepFault.DecayAfterMomentum or StepFault.DecayOfUpdatedWeight or StepFault.DecayIntoGradient))
            direction = direction.add(parameter, fault == StepFault.DecayTurned ? -lambda : lambda);
        if (options.momentum != 0 && fault != StepFault.NoMemory)
        {
            var velocity = state.Find("momentum_buffer") is { } old ? old.mul_(options.momentum).add_(direction, 1 - options.dampening)
                : state.GetOrAdd("momentum_buffer", () => fault == StepFault.DampenedStart ? direction * (1 - options.dampening) : direction.clone());
            direction = !options.nesterov ? velocity
                : fault == StepFault.NesterovWithNewVelocity ? direction * (1 + options.momentum) + velocity * (options.momentum * options.momentum)
                : direction.add(velocity, options.momentum);
        }
        if (fault == StepFault.DecayAfterMomentum) direction = direction.add(parameter, lambda);
        parameter.add_(direction, -options.lr * (fault == StepFault.HalfStep ? 0.5 : 1));
        if (fault == StepFault.DecayOfUpdatedWeight) parameter.mul_(1 - options.lr * lambda);
    }
}
