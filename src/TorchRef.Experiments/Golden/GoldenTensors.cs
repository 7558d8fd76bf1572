using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchRef.Experiments.Golden;

/// <summary>Tensors by name, in the order of the file; asking for one that isn't there says which ones are.</summary>
public sealed class GoldenTensors : IReadOnlyDictionary<string, GoldenTensor>
{
    private readonly OrderedDictionary<string, GoldenTensor> _tensors;

    /// <summary>Tensors in the order given.</summary>
    public GoldenTensors(IEnumerable<KeyValuePair<string, GoldenTensor>> tensors)
    {
        _tensors = new OrderedDictionary<string, GoldenTensor>(tensors, StringComparer.Ordinal);
    }

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public GoldenTensor this[string key] => _tensors.TryGetValue(key, out var tensor)
        ? tensor
        : throw new KeyNotFoundException($"no such tensor: expected one of {(Count == 0 ? "none" : string.Join(", ", Keys))} but got {key}");

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _tensors.Keys;

    /// <inheritdoc/>
    public IEnumerable<GoldenTensor> Values => _tensors.Values;

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <summary>The tensor of that name, or null.</summary>
    public GoldenTensor? Find(string key) => _tensors.GetValueOrDefault(key);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _tensors.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out GoldenTensor value) => _tensors.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, GoldenTensor>> GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
