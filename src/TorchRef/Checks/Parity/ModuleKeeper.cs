using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Keeps all there is to a module, and puts it back: parameters, buffers, gradients, modes.</summary>
internal sealed class ModuleKeeper : IDisposable
{
    private readonly List<(Tensor tensor, Tensor value)> _values = [];
    private readonly List<(Tensor tensor, Tensor? gradient)> _gradients = [];
    private readonly List<(nn.Module module, bool training)> _modes;

    public ModuleKeeper(nn.Module module)
    {
        using var noGraph = no_grad();
        foreach (var tensor in module.parameters().Concat(module.buffers())) _values.Add((tensor, tensor.detach().clone().DetachFromDisposeScope()));
        foreach (var parameter in module.parameters()) _gradients.Add((parameter, parameter.grad?.DetachFromDisposeScope()));
        // From the outermost to the innermost: setting a mode sets that of all inside, which are put right after it.
        _modes = [.. module.modules().Prepend(module).Distinct<nn.Module>(ReferenceEqualityComparer.Instance).Select(one => (one, one.training))];
    }

    /// <summary>Fills all floating-point tensors with NaN, to find out whether anything still reads them.</summary>
    public void Poison()
    {
        using var noGraph = no_grad();
        foreach (var (tensor, _) in _values)
            if (tensor.is_floating_point()) tensor.fill_(double.NaN);
    }

    /// <summary>Puts the values back; the rest follows in the end.</summary>
    public void RestoreValues()
    {
        using var noGraph = no_grad();
        foreach (var (tensor, value) in _values) tensor.copy_(value);
    }

    public void Dispose()
    {
        RestoreValues();
        foreach (var (_, value) in _values) value.Dispose();
        foreach (var (tensor, gradient) in _gradients) tensor.grad = gradient;
        foreach (var (module, training) in _modes)
            if (module.training != training) module.train(training);
    }
}
