using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>
/// Remembers everything that evaluations may change (the generator of random numbers, a module's buffers, parameters, their
/// gradients and the modes of its children) and puts it back: buffers before each evaluation, all of it at the end.
/// </summary>
internal sealed class StateGuard : IDisposable
{
    private readonly long _seed;
    private readonly Tensor _generator;
    private readonly Tensor _start;
    private readonly bool _hasGpu = cuda_is_available();
    private readonly List<(string name, Tensor buffer, Tensor value)> _buffers = [];
    private readonly List<(Tensor parameter, Tensor value, Tensor? gradient)> _parameters = [];
    private readonly List<(nn.Module module, bool training)> _modes = [];
    private readonly List<(Tensor buffer, Tensor value)> _changing = [];
    private bool _drawsRandomNumbers = true;

    public StateGuard(nn.Module? module, long seed)
    {
        _seed = seed;
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        _generator = get_rng_state();
        manual_seed(seed);
        _start = get_rng_state();
        if (module is not null)
        {
            foreach (var (name, buffer) in module.named_buffers()) _buffers.Add((name, buffer, buffer.clone()));
            foreach (var parameter in module.parameters()) _parameters.Add((parameter, parameter.detach().clone(), parameter.grad));
            // Parents before their children: setting a parent's mode sets theirs.
            _modes.Add((module, module.training));
            foreach (var child in module.modules())
                if (!ReferenceEquals(child, module))
                    _modes.Add((child, child.training));
        }
        // The scope was there to be left: what it holds lives until Dispose, whichever scopes the caller opens and closes.
        scope.Detach(Kept);
    }

    private IEnumerable<IDisposable> Kept =>
        [_generator, _start, .. _buffers.Select(buffer => buffer.value), .. _parameters.Select(parameter => parameter.value), .. _parameters.Select(parameter => parameter.gradient).OfType<Tensor>()];

    /// <summary>Whether an evaluation draws random numbers; true until <see cref="Observe"/> has seen that it doesn't.</summary>
    public bool DrawsRandomNumbers => _drawsRandomNumbers;

    /// <summary>The buffers that an evaluation changes, by name.</summary>
    public IReadOnlyList<string> ChangingBuffers { get; private set; } = [];

    /// <summary>Makes the next evaluation start from where every other one does.</summary>
    public void Rewind()
    {
        if (_drawsRandomNumbers) Seed();
        foreach (var (buffer, value) in _changing) Restore(buffer, value);
    }

    /// <summary>Runs an evaluation and takes note of what it changes, so that the others need not put back more than that.</summary>
    public void Observe(Action evaluation)
    {
        Seed();
        using var scope = NewDisposeScope();
        var before = get_rng_state();
        evaluation();
        _drawsRandomNumbers = !Same(before, get_rng_state());
        var names = new List<string>();
        foreach (var (name, buffer, value) in _buffers)
        {
            if (Same(buffer, value)) continue;
            names.Add(name);
            _changing.Add((buffer, value));
        }
        ChangingBuffers = names;
    }

    /// <summary>The modes that aren't what they were, as a phrase, or null.</summary>
    public string? ChangedMode() =>
        _modes.Find(mode => mode.module.training != mode.training) is { module: { } module } ? $"{module.GetName()} was left in {(module.training ? "training" : "evaluation")} mode" : null;

    public void Dispose()
    {
        using (no_grad())
        {
            foreach (var (_, buffer, value) in _buffers) Restore(buffer, value);
            foreach (var (parameter, value, gradient) in _parameters)
            {
                Restore(parameter, value);
                parameter.grad = gradient;
            }
        }
        foreach (var (module, training) in _modes)
            if (module.training != training)
                module.train(training);
        set_rng_state(_generator);
        foreach (var kept in Kept) kept.Dispose();
    }

    private void Seed()
    {
        // A GPU's generator has no state to set here; seeding reaches it too.
        if (_hasGpu) manual_seed(_seed);
        else set_rng_state(_start);
    }

    private static bool Same(Tensor first, Tensor second)
    {
        using var noGraph = no_grad();
        return first.detach().allclose(second, 0, 0, equal_nan: first.is_floating_point());
    }

    private static void Restore(Tensor tensor, Tensor value)
    {
        if (value.device_type == DeviceType.CPU && tensor.is_contiguous() && value.is_contiguous() && tensor.dtype == value.dtype && tensor.numel() == value.numel())
        {
            // Past autograd's eyes: a graph that saved the buffer stays usable.
            if (value.numel() > 0) value.bytes.CopyTo(tensor.bytes);
            return;
        }
        using var noGraph = no_grad();
        tensor.detach().copy_(value);
    }
}
