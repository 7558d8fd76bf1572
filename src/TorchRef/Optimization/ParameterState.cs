using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>What an optimiser remembers of one parameter: named tensors, and how many steps it has taken.</summary>
public sealed class ParameterState : IDisposable
{
    private const string Step = "step";

    private readonly OrderedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>How many steps the parameter has taken; null where the optimiser doesn't count them.</summary>
    public long? Steps { get; set; }

    /// <summary>Whether there is nothing to remember.</summary>
    public bool IsEmpty => Steps is null && _tensors.Count == 0;

    /// <summary>The tensor of that name, or null. It stays the optimiser's.</summary>
    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>The tensor of that name, made at its first use and kept beyond the dispose scope that it is made in.</summary>
    public Tensor GetOrAdd(string name, Func<Tensor> make)
    {
        if (!_tensors.TryGetValue(name, out var tensor)) _tensors.Add(name, tensor = make().DetachFromDisposeScope());
        return tensor;
    }

    /// <summary>Counts one more step.</summary>
    /// <returns>Its number, 1 at the first.</returns>
    public long CountStep() => (Steps = (Steps ?? 0) + 1).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
    }

    /// <summary>Copies by PyTorch's names, the count among them as a float32 scalar on the CPU, as PyTorch keeps it.</summary>
    internal IReadOnlyDictionary<string, Tensor> Copy()
    {
        var copies = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        if (Steps is { } steps) copies.Add(Step, tensor((float)steps, device: CPU)); // []
        foreach (var (name, value) in _tensors) copies.Add(name, value.clone()); // the parameter's shape
        return copies;
    }

    /// <summary>A state with copies of the values, which take the parameter's element type and device; the count keeps its own.</summary>
    /// <exception cref="ArgumentException">A tensor isn't of the parameter's shape, or the count isn't a single number.</exception>
    internal static ParameterState Of(IReadOnlyDictionary<string, Tensor> values, Tensor parameter)
    {
        foreach (var (name, value) in values)
            if (name == Step ? value.numel() != 1 : !value.shape.SequenceEqual(parameter.shape))
                throw new ArgumentException($"{name} of the state must fit its parameter: expected shape [{string.Join(", ", name == Step ? [] : parameter.shape)}] but got [{string.Join(", ", value.shape)}]");
        var state = new ParameterState();
        foreach (var (name, value) in values)
        {
            using var scope = NewDisposeScope();
            if (name == Step) state.Steps = (long)value.to_type(ScalarType.Float64).item<double>();
            else state.GetOrAdd(name, () => value.detach().to_type(parameter.dtype).to(parameter.device).clone()); // the parameter's shape
        }
        return state;
    }
}
