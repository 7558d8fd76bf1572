using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary><see cref="Adam"/> with decoupled weight decay, θ ← θ(1 − ηλ) before the step, λ = 0.01 by default; equal to torch.optim.AdamW.</summary>
/// <remarks>
/// The decay doesn't pass through the averages, so it isn't divided by the root of the averaged square: all weights shrink by
/// the same share, whatever their gradients are. Source: Loshchilov and Hutter 2019, algorithm 2.
/// </remarks>
public sealed class AdamW : Optimizer<AdamWOptions>
{
    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double? eps = null, double weight_decay = 1e-2, bool amsgrad = false,
        bool maximize = false, OptimizerConvention convention = OptimizerConvention.PyTorch)
        : this([(parameters, new AdamWOptions(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize, convention))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public AdamW(IEnumerable<(IEnumerable<Parameter> parameters, AdamWOptions options)> groups)
        : base(groups)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, Tensor gradient, AdamWOptions options, ParameterState state) =>
        Adam.Move(parameter, gradient, options, state);
}
