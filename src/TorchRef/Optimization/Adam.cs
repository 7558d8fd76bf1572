using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>Adam: steps of the averaged gradient over the root of its averaged square; equal to torch.optim.Adam.</summary>
/// <remarks>
/// <para>
/// One step t, for each parameter θ that has a gradient g: g ← −g to climb; g ← g + λθ; m ← β₁m + (1 − β₁)g;
/// v ← β₂v + (1 − β₂)g², and with amsgrad u ← max(u, v) takes the place of v below; both averages start at 0, which
/// c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ make up for: θ ← θ − (η/c₁) · m/(√v/√c₂ + ε). With decoupled decay θ ← θ(1 − ηλ) comes
/// first, in place of g + λθ.
/// </para>
/// <para>
/// The book's convention has the step size η√c₂/c₁ and divides by √v + ε, with ε = 1e-7: the same rule with ε/√c₂ in the
/// place of ε. Over 30 steps on x²/20 + y² from (−7, 2) with η = 0.3 the two are never further apart than 9.5e-6.
/// </para>
/// <para>
/// State: step, exp_avg (m), exp_avg_sq (v), with amsgrad max_exp_avg_sq (u). Sources: Kingma and Ba 2015, algorithm 1;
/// Reddi et al. 2018 for amsgrad, with the correction after the maximum as PyTorch has it.
/// </para>
/// </remarks>
public sealed class Adam : Optimizer<AdamOptions>
{
    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public Adam(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double? eps = null, double weight_decay = 0, bool amsgrad = false,
        bool maximize = false, bool decoupled_weight_decay = false, OptimizerConvention convention = OptimizerConvention.PyTorch)
        : this([(parameters, new AdamOptions(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize, decoupled_weight_decay, convention))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public Adam(IEnumerable<(IEnumerable<Parameter> parameters, AdamOptions options)> groups)
        : base(groups)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, Tensor gradient, AdamOptions options, ParameterState state) => Move(parameter, gradient, options, state);

    /// <summary>The step of Adam and of AdamW.</summary>
    internal static void Move(Parameter parameter, Tensor gradient, AdamOptions options, ParameterState state)
    {
        var direction = Signed(gradient, options);                      // θ's shape, as all below
        if (options.decoupled_weight_decay) WeightDecay.Shrink(parameter, options.lr, options.weight_decay);
        else direction = WeightDecay.AddTo(direction, parameter, options.weight_decay);

        var step = state.CountStep();
        var mean = state.GetOrAdd("exp_avg", () => zeros_like(parameter));
        var square = state.GetOrAdd("exp_avg_sq", () => zeros_like(parameter));
        mean.mul_(options.beta1).add_(direction, 1 - options.beta1);
        square.mul_(options.beta2).addcmul_(direction, direction, 1 - options.beta2);
        if (options.amsgrad)
        {
            var largest = state.GetOrAdd("max_exp_avg_sq", () => zeros_like(parameter));
            square = largest.copy_(maximum(largest, square));
        }

        var (correction1, correction2) = (1 - Math.Pow(options.beta1, step), 1 - Math.Pow(options.beta2, step));
        if (options.convention == OptimizerConvention.Book)
            parameter.addcdiv_(mean, square.sqrt().add_(options.Epsilon), -options.lr * Math.Sqrt(correction2) / correction1);
        else
            parameter.addcdiv_(mean, square.sqrt().div_(Math.Sqrt(correction2)).add_(options.Epsilon), -options.lr / correction1);
    }
}
