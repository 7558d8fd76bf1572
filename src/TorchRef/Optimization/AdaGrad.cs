using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>AdaGrad: every element has its own rate, which falls with all the gradients it has met; equal to torch.optim.Adagrad.</summary>
/// <remarks>
/// <para>
/// One step t, for each parameter θ that has a gradient g: g ← −g to climb; g ← g + λθ; h ← h + g²;
/// θ ← θ − η/(1 + (t − 1)·lr_decay) · g/(√h + ε). ε stands outside of the root.
/// </para>
/// <para>
/// The book's rule is the same with ε = 1e-7. State, from the start: step, sum (h = initial_accumulator_value). Source:
/// Duchi, Hazan and Singer 2011; the conventions are PyTorch's. maximize, which TorchSharp's own hasn't got, is as there.
/// </para>
/// </remarks>
public sealed class AdaGrad : Optimizer<AdaGradOptions>
{
    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public AdaGrad(
        IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double? eps = null,
        bool maximize = false, OptimizerConvention convention = OptimizerConvention.PyTorch)
        : this([(parameters, new AdaGradOptions(lr, lr_decay, weight_decay, initial_accumulator_value, eps, maximize, convention))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public AdaGrad(IEnumerable<(IEnumerable<Parameter> parameters, AdaGradOptions options)> groups)
        : base(groups)
    {
    }

    /// <inheritdoc/>
    protected override void Begin(Parameter parameter, AdaGradOptions options, ParameterState state)
    {
        state.Steps = 0;
        Sum(state, parameter, options);
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, Tensor gradient, AdaGradOptions options, ParameterState state)
    {
        var rate = options.lr / (1 + (state.CountStep() - 1) * options.lr_decay);
        var direction = WeightDecay.AddTo(Signed(gradient, options), parameter, options.weight_decay); // θ's shape, as all below
        var sum = Sum(state, parameter, options);
        sum.addcmul_(direction, direction, 1);
        parameter.addcdiv_(direction, sum.sqrt().add_(options.Epsilon), -rate);
    }

    private static Tensor Sum(ParameterState state, Parameter parameter, AdaGradOptions options) =>
        state.GetOrAdd("sum", () => full_like(parameter, options.initial_accumulator_value)); // θ's shape
}
