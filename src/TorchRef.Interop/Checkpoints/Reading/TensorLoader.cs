using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Loads the tensors of a file, each storage once, so that tensors which share memory in the file share it again.</summary>
internal sealed class TensorLoader(PthFile file) : IDisposable
{
    private readonly Dictionary<(PickledStorage, ScalarType), Tensor> _storages = [];

    /// <summary>The tensor on the CPU, as a view of its storage; it stays when the loader is disposed.</summary>
    public Tensor Load(PickledTensor tensor)
    {
        if (!_storages.TryGetValue((tensor.Storage, tensor.Type), out var elements))
            _storages.Add((tensor.Storage, tensor.Type), elements = file.Load(tensor.Storage, tensor.Type).DetachFromDisposeScope()); // [storage]
        var view = elements.as_strided(tensor.Shape, tensor.Strides, tensor.Offset); // its shape, as below
        if (!tensor.IsConjugate && !tensor.IsNegative) return view;
        using var stored = view;
        using var scope = NewDisposeScope();
        var conjugate = tensor.IsConjugate ? stored.conj().resolve_conj() : stored;
        return (tensor.IsNegative ? -conjugate : conjugate.clone()).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var elements in _storages.Values) elements.Dispose();
        _storages.Clear();
    }
}
