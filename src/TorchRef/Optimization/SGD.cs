using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>Stochastic gradient descent with momentum, Nesterov's look-ahead and L2 weight decay; equal to torch.optim.SGD.</summary>
/// <remarks>
/// <para>
/// One step, for each parameter θ that has a gradient g: g ← −g to climb; g ← g + λθ; with momentum v ← μv + (1 − τ)g
/// (v = g at the first step), and g ← v, or g + μv with Nesterov; θ ← θ − ηg. A parameter whose gradient is null is left
/// alone: no decay, no momentum.
/// </para>
/// <para>
/// The decay is added <em>after</em> the sign is turned for climbing, so that it always shrinks. Sources: Sutskever et al.
/// 2013 for momentum; the conventions (the rate outside of the velocity, dampening) are PyTorch's.
/// </para>
/// </remarks>
public sealed class SGD : IDisposable
{
    private readonly List<(Parameter[] Parameters, SgdOptions Options)> _groups = [];
    private readonly Dictionary<Parameter, Tensor> _velocity = new(ReferenceEqualityComparer.Instance);

    /// <summary>Optimises parameters of one group.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([(parameters, new SgdOptions(lr, momentum, dampening, weight_decay, nesterov, maximize))])
    {
    }

    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    public SGD(IEnumerable<(IEnumerable<Parameter> parameters, SgdOptions options)> groups)
    {
        foreach (var (parameters, options) in groups)
        {
            options.Check();
            _groups.Add((parameters.ToArray(), options));
        }
        var all = _groups.SelectMany(group => group.Parameters).ToList();
        if (all.Count == 0) throw new ArgumentException("optimizer got an empty parameter list");
        if (all.Distinct(ReferenceEqualityComparer.Instance).Count() != all.Count)
            throw new ArgumentException("some parameters appear in more than one parameter group");
    }

    /// <summary>The velocity of a parameter, its momentum_buffer; null before its first step and without momentum.</summary>
    public Tensor? MomentumBuffer(Parameter parameter) => _velocity.GetValueOrDefault(parameter);

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void step()
    {
        using var noGraph = no_grad();
        foreach (var (parameters, options) in _groups)
            foreach (var parameter in parameters)
            {
                using var scope = NewDisposeScope();
                if (parameter.grad is { } gradient) Step(parameter, gradient, options);
            }
    }

    /// <summary>Sets every gradient to null, so that a parameter which the next backward doesn't reach is left alone.</summary>
    public void zero_grad()
    {
        foreach (var (parameters, _) in _groups)
            foreach (var parameter in parameters)
                parameter.grad = null;
    }

    /// <summary>Releases the velocities.</summary>
    public void Dispose()
    {
        foreach (var velocity in _velocity.Values) velocity.Dispose();
        _velocity.Clear();
    }

    private void Step(Parameter parameter, Tensor gradient, SgdOptions options)
    {
        var direction = options.maximize ? -gradient : gradient;        // θ's shape, as all below
        if (options.weight_decay != 0) direction = direction.add(parameter, options.weight_decay);
        if (options.momentum != 0)
        {
            var velocity = Accumulate(parameter, direction, options);
            direction = options.nesterov ? direction.add(velocity, options.momentum) : velocity;
        }
        parameter.add_(direction, -options.lr);
    }

    private Tensor Accumulate(Parameter parameter, Tensor direction, SgdOptions options)
    {
        if (_velocity.TryGetValue(parameter, out var velocity))
            return velocity.mul_(options.momentum).add_(direction, 1 - options.dampening);
        return _velocity[parameter] = direction.clone().DetachFromDisposeScope();
    }
}
