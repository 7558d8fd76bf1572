using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>A tensor or another value of a checkpoint file.</summary>
public sealed class CheckpointEntry
{
    private CheckpointEntry(string path, object? value) => (Path, Value) = (path, value);

    private CheckpointEntry(string path, object source, ScalarType type, long[] shape)
        : this(path, null) => (Source, Type, Shape) = (source, type, shape);

    /// <summary>The keys that lead to it, joined by dots: of a state dict the name of the parameter.</summary>
    public string Path { get; }

    /// <summary>Whether it is a tensor.</summary>
    public bool IsTensor => Source is not null;

    /// <summary>The element type; null for what isn't a tensor.</summary>
    public ScalarType? Type { get; }

    /// <summary>The shape; empty for what isn't a tensor.</summary>
    public IReadOnlyList<long> Shape { get; } = [];

    /// <summary>The value of what isn't a tensor, as <see cref="CheckpointFile.LoadAll"/> gives it.</summary>
    public object? Value { get; }

    /// <summary>The file's own description of the tensor.</summary>
    internal object? Source { get; }

    internal static CheckpointEntry Of(string path, SafetensorsEntry entry) => new(path, entry, entry.Type, entry.Shape);

    internal static CheckpointEntry Of(string path, object? value) => value switch
    {
        PickledTensor tensor => new(path, tensor, tensor.Type, tensor.Shape),
        PickledSize size => new(path, size.Sizes),
        PickledStorage or StorageClass or PickleFunction => throw Refusal.Of("a checkpoint may hold tensors and containers only", "such", PickleCalls.Kind(value)),
        _ => new(path, value),
    };
}
