using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults.Planted;

/// <summary>Adam, or AdamW, written again, with a fault.</summary>
internal sealed class PlantedAdam<TOptions>(IEnumerable<(IEnumerable<Parameter> parameters, TOptions options)> groups, OptimizerFault fault) : Optimizer<TOptions>(groups)
    where TOptions : AdamOptions
{
    protected override void Update(Parameter parameter, Tensor gradient, TOptions options, ParameterState state)
    {
        var decoupled = fault switch
        {
            OptimizerFault.CoupledForDecoupled => false,
            OptimizerFault.DecoupledForCoupled => true,
            _ => options.decoupled_weight_decay,
        };
        var direction = options.maximize ? -gradient : gradient;
        if (decoupled) parameter.mul_(1 - options.weight_decay * (fault == OptimizerFault.DecayWithoutRate ? 1 : options.lr));
        else direction = direction.add(parameter, options.weight_decay * (fault == OptimizerFault.DecayTurnedWhenClimbing && options.maximize ? -1 : 1));

        var step = state.CountStep();
        var mean = state.GetOrAdd("exp_avg", () => zeros_like(parameter)).mul_(options.beta1).add_(direction, 1 - options.beta1);
        var average = state.GetOrAdd("exp_avg_sq", () => zeros_like(parameter)).mul_(options.beta2).addcmul_(direction, direction, 1 - options.beta2);
        var square = average;
        if (options.amsgrad)
        {
            var largest = state.GetOrAdd("max_exp_avg_sq", () => zeros_like(parameter));
            square = largest.copy_(fault == OptimizerFault.AmsgradWithoutMemory ? average : maximum(largest, average));
        }

        var (one, two) = fault == OptimizerFault.NoBiasCorrection ? (1.0, 1.0) : (1 - Math.Pow(options.beta1, step), 1 - Math.Pow(options.beta2, step));
        var divisor = fault switch
        {
            OptimizerFault.EpsilonInsideRoot => (square / two).add(options.Epsilon).sqrt(),
            OptimizerFault.EpsilonUncorrected => (square.sqrt() + options.Epsilon) / Math.Sqrt(two),
            _ => square.sqrt() / Math.Sqrt(two) + options.Epsilon,
        };
        parameter.addcdiv_(mean, divisor, -options.lr / one);
    }
}
