using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>Nesterov's accelerated gradient, with the learning rate in the velocity as in <see cref="Momentum"/>.</summary>
/// <remarks>
/// <para>
/// One step, for each parameter θ that has a gradient g: g ← −g to climb; g ← g + λθ; v ← μv − ηg, from v = 0;
/// θ ← θ + μv − ηg. The gradient belongs at the place to which the velocity is about to carry θ; that place is what θ stores,
/// so that the gradient at hand is the right one (Bengio et al. 2013). In the velocity before the step, w, the move is
/// μ²w − (1 + μ)ηg; the mistake to make is to put the new velocity there.
/// </para>
/// <para>
/// This is <see cref="SGD"/> with nesterov, whose velocity is −v/η: equal but for round-off while η stays the same (see
/// <see cref="Momentum"/>). State: velocity. Sources: Nesterov 1983; Sutskever et al. 2013, equations 3 and 4.
/// </para>
/// </remarks>
public sealed class Nesterov : Optimizer<NesterovOptions>
{
    private const string Velocity = "velocity";

    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public Nesterov(IEnumerable<Parameter> parameters, double lr = 0.01, double momentum = 0.9, double weight_decay = 0, bool maximize = false)
        : this([(parameters, new NesterovOptions(lr, momentum, weight_decay, maximize))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public Nesterov(IEnumerable<(IEnumerable<Parameter> parameters, NesterovOptions options)> groups)
        : base(groups)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, Tensor gradient, NesterovOptions options, ParameterState state)
    {
        var direction = WeightDecay.AddTo(Signed(gradient, options), parameter, options.weight_decay); // θ's shape, as all below
        var velocity = state.GetOrAdd(Velocity, () => zeros_like(parameter));
        velocity.mul_(options.momentum).add_(direction, -options.lr);
        parameter.add_(velocity, options.momentum).add_(direction, -options.lr);
    }
}
