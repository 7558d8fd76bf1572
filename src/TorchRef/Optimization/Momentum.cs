using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>Gradient descent with momentum as the study notes write it: the learning rate goes into the velocity.</summary>
/// <remarks>
/// <para>
/// One step, for each parameter θ that has a gradient g: g ← −g to climb; g ← g + λθ; v ← μv − ηg, from v = 0; θ ← θ + v.
/// </para>
/// <para>
/// This is <see cref="SGD"/> with the same momentum and no dampening, whose velocity is −v/η: equal but for round-off while η
/// stays the same. When η changes the two part: here what is in motion goes on at the old rate, there it takes the new one
/// at once. State: velocity, which therefore isn't called momentum_buffer. Source: Sutskever et al. 2013, equations 1 and 2.
/// </para>
/// </remarks>
public sealed class Momentum : Optimizer<MomentumOptions>
{
    private const string Velocity = "velocity";

    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public Momentum(IEnumerable<Parameter> parameters, double lr = 0.01, double momentum = 0.9, double weight_decay = 0, bool maximize = false)
        : this([(parameters, new MomentumOptions(lr, momentum, weight_decay, maximize))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public Momentum(IEnumerable<(IEnumerable<Parameter> parameters, MomentumOptions options)> groups)
        : base(groups)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, Tensor gradient, MomentumOptions options, ParameterState state)
    {
        var direction = WeightDecay.AddTo(Signed(gradient, options), parameter, options.weight_decay); // θ's shape, as all below
        var velocity = state.GetOrAdd(Velocity, () => zeros_like(parameter));
        velocity.mul_(options.momentum).add_(direction, -options.lr);
        parameter.add_(velocity);
    }
}
