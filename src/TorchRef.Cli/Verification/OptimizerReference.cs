using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The optimiser of torch.optim that a hand-written one with the same settings must equal.</summary>
internal static class OptimizerReference
{
    /// <remarks>
    /// Momentum and Nesterov are its SGD with the rate inside of the velocity. Where the engine's departs from PyTorch (SGD and
    /// decay while climbing, Adagrad's climbing) there is nothing to compare with but golden tensors.
    /// </remarks>
    public static optim.Optimizer Make(Parameter[] parameters, GroupOptions options) => options switch
    {
        SgdOptions o => optim.SGD(parameters, o.lr, o.momentum, o.dampening, o.weight_decay, o.nesterov, o.maximize),
        MomentumOptions o => optim.SGD(parameters, o.lr, o.momentum, 0, o.weight_decay, false, o.maximize),
        NesterovOptions o => optim.SGD(parameters, o.lr, o.momentum, 0, o.weight_decay, true, o.maximize),
        AdaGradOptions o => optim.Adagrad(parameters, o.lr, o.lr_decay, o.weight_decay, o.initial_accumulator_value, o.Epsilon),
        RMSpropOptions o => optim.RMSProp(parameters, o.lr, o.alpha, o.Epsilon, o.weight_decay, o.momentum, o.centered, o.maximize),
        AdamWOptions o => optim.AdamW(parameters, o.lr, o.beta1, o.beta2, o.Epsilon, o.weight_decay, o.amsgrad, o.maximize),
        AdamOptions o => optim.Adam(parameters, o.lr, o.beta1, o.beta2, o.Epsilon, o.weight_decay, o.amsgrad, o.maximize),
        _ => throw new NotSupportedException($"torch.optim has no optimiser for {options.GetType().Name}"),
    };
}
