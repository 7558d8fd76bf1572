using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>Stochastic gradient descent with momentum, Nesterov's look-ahead and weight decay; equal to torch.optim.SGD.</summary>
/// <remarks>
/// <para>
/// One step, for each parameter θ that has a gradient g: g ← −g to climb; g ← g + λθ; with momentum v ← μv + (1 − τ)g
/// (v = g at the first step), and g ← v, or g + μv with Nesterov; θ ← θ − ηg. With decoupled decay θ ← θ(1 − ηλ) comes
/// first, in place of g + λθ.
/// </para>
/// <para>
/// The decay is added <em>after</em> the sign is turned for climbing, so that it always shrinks. State: momentum_buffer, the
/// velocity. Sources: Sutskever et al. 2013 for momentum; Loshchilov and Hutter 2019 for decoupled decay; the conventions
/// (the rate outside of the velocity, dampening) are PyTorch's.
/// </para>
/// </remarks>
public sealed class SGD : Optimizer<SgdOptions>
{
    private const string Velocity = "momentum_buffer";

    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false, bool decoupled_weight_decay = false)
        : this([(parameters, new SgdOptions(lr, momentum, dampening, weight_decay, nesterov, maximize, decoupled_weight_decay))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public SGD(IEnumerable<(IEnumerable<Parameter> parameters, SgdOptions options)> groups)
        : base(groups)
    {
    }

    /// <summary>The velocity of a parameter, its momentum_buffer; null before its first step and without momentum.</summary>
    public Tensor? MomentumBuffer(Parameter parameter) => StateOf(parameter)?.Find(Velocity);

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, Tensor gradient, SgdOptions options, ParameterState state)
    {
        var direction = Signed(gradient, options);                      // θ's shape, as all below
        if (options.decoupled_weight_decay) WeightDecay.Shrink(parameter, options.lr, options.weight_decay);
        else direction = WeightDecay.AddTo(direction, parameter, options.weight_decay);
        if (options.momentum != 0)
        {
            var velocity = Accumulate(state, direction, options);
            direction = options.nesterov ? direction.add(velocity, options.momentum) : velocity;
        }
        parameter.add_(direction, -options.lr);
    }

    private static Tensor Accumulate(ParameterState state, Tensor direction, SgdOptions options) =>
        state.Find(Velocity) is { } velocity
            ? velocity.mul_(options.momentum).add_(direction, 1 - options.dampening)
            : state.GetOrAdd(Velocity, () => direction.clone());
}
