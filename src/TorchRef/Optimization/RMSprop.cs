using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>RMSprop: steps of the gradient over its recent root mean square; equal to torch.optim.RMSprop.</summary>
/// <remarks>
/// <para>
/// One step, for each parameter θ that has a gradient g: g ← −g to climb; g ← g + λθ; h ← αh + (1 − α)g²; centred, also
/// a ← αa + (1 − α)g; d = √h + ε, centred √(h − a²) + ε; θ ← θ − ηg/d, with momentum v ← μv + g/d and θ ← θ − ηv. ε stands
/// outside of the root.
/// </para>
/// <para>
/// The book's rule is the same with ε = 1e-7. State: step, square_avg (h), and where they are used momentum_buffer (v) and
/// grad_avg (a), all from 0. Sources: Hinton's lecture 6e, 2012; Graves 2013 for the centred form.
/// </para>
/// </remarks>
public sealed class RMSprop : Optimizer<RMSpropOptions>
{
    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public RMSprop(
        IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double? eps = null, double weight_decay = 0, double momentum = 0, bool centered = false,
        bool maximize = false, OptimizerConvention convention = OptimizerConvention.PyTorch)
        : this([(parameters, new RMSpropOptions(lr, alpha, eps, weight_decay, momentum, centered, maximize, convention))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public RMSprop(IEnumerable<(IEnumerable<Parameter> parameters, RMSpropOptions options)> groups)
        : base(groups)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, Tensor gradient, RMSpropOptions options, ParameterState state)
    {
        state.CountStep();
        var direction = WeightDecay.AddTo(Signed(gradient, options), parameter, options.weight_decay); // θ's shape, as all below
        var square = state.GetOrAdd("square_avg", () => zeros_like(parameter));
        square.mul_(options.alpha).addcmul_(direction, direction, 1 - options.alpha);
        var divisor = Root(square, direction, parameter, options, state).add_(options.Epsilon);
        if (options.momentum > 0)
        {
            var velocity = state.GetOrAdd("momentum_buffer", () => zeros_like(parameter));
            velocity.mul_(options.momentum).addcdiv_(direction, divisor, 1);
            parameter.add_(velocity, -options.lr);
        }
        else
        {
            parameter.addcdiv_(direction, divisor, -options.lr);
        }
    }

    /// <summary>√h, or √(h − a²).</summary>
    private static Tensor Root(Tensor square, Tensor direction, Parameter parameter, RMSpropOptions options, ParameterState state)
    {
        if (!options.centered) return square.sqrt();
        var mean = state.GetOrAdd("grad_avg", () => zeros_like(parameter));
        mean.mul_(options.alpha).add_(direction, 1 - options.alpha);
        return square.addcmul(mean, mean, -1).sqrt_();
    }
}
