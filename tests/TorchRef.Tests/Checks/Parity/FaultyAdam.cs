using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>Adam, or AdamW, with at most one fault planted in it.</summary>
internal sealed class FaultyAdam(IEnumerable<Parameter> parameters, AdamOptions settings, StepFault fault) : Optimizer<AdamOptions>([(parameters, settings)])
{
    protected override void Update(Parameter parameter, Tensor gradient, AdamOptions options, ParameterState state)
    {
        var decoupled = fault == StepFault.CoupledForDecoupled ? false : fault == StepFault.DecoupledForCoupled || options.decoupled_weight_decay;
        var lambda = options.weight_decay * (fault == StepFault.DoubledDecay ? 2 : fault == StepFault.NoDecay ? 0 : 1);
        var direction = options.maximize ? -gradient : gradient; // θ's shape
        if (decoupled) parameter.mul_(1 - lambda * (fault == StepFault.DecayWithoutRate ? 1 : options.lr));
        else direction = direction.add(parameter, fault == StepFault.DecayTurned ? -lambda : lambda);
        var step = state.CountStep();
        var mean = fault == StepFault.NoMemory ? direction * (1 - options.beta1)
            : state.GetOrAdd("exp_avg", () => zeros_like(parameter)).mul_(options.beta1).add_(direction, 1 - options.beta1);
        var average = fault == StepFault.NoMemory ? direction.square() * (1 - options.beta2)
            : state.GetOrAdd("exp_avg_sq", () => zeros_like(parameter)).mul_(options.beta2).addcmul_(direction, direction, 1 - options.beta2);
        var square = average;                                   // θ's shape
        if (options.amsgrad)
        {
            var largest = state.GetOrAdd("max_exp_avg_sq", () => zeros_like(parameter));
            square = largest.copy_(fault == StepFault.MaximumForgotten ? average : maximum(largest, average));
        }
        if (fault is StepFault.CorrectionStuck or StepFault.NoMemory) step = 1;
        var (one, two) = fault == StepFault.NoBiasCorrection ? (1.0, 1.0) : (1 - Math.Pow(options.beta1, step), 1 - Math.Pow(options.beta2, step));
        var divisor = fault switch
        {
            StepFault.EpsilonInsideRoot => (square / two).add(options.Epsilon).sqrt(),
            StepFault.EpsilonUncorrected => (square.sqrt() + options.Epsilon) / Math.Sqrt(two),
            StepFault.EpsilonMissing => square.sqrt() / Math.Sqrt(two) + 1e-300,
            _ => square.sqrt() / Math.Sqrt(two) + options.Epsilon,
        };                                                      // θ's shape
        parameter.addcdiv_(mean, divisor, -options.lr / one);
    }
}
