using System.Globalization;
using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>Modules one after another. What passes between them is disposed as soon as the next has taken it.</summary>
public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<(string Name, torch.nn.IModule<torch.Tensor, torch.Tensor> Module)> _chain = [];

    internal Sequential()
        : base(nameof(Sequential))
    {
    }

    protected Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
        : this()
    {
        foreach (var (name, module) in modules) append(name, module);
    }

    protected Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
        : this()
    {
        foreach (var module in modules) append(module);
    }

    public int Count => _chain.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _chain[index].Module;

    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append(Count.ToString(CultureInfo.InvariantCulture), module);

    public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        register_module(name, (torch.nn.Module)module);
        _chain.Add((name, module));
        return this;
    }

    public override torch.Tensor forward(torch.Tensor tensor)
    {
        if (Count == 0) return tensor.alias();
        var value = tensor;
        foreach (var (_, module) in _chain)
        {
            var next = module.call(value);
            if (!ReferenceEquals(value, tensor) && !ReferenceEquals(value, next)) value.Dispose();
            value = next;
        }
        return value;
    }

    private Sequential Slice(int start, int end)
    {
        if (start < 0 || start > Count || end < 0 || end > Count)
            throw new IndexOutOfRangeException($"a slice must lie in the sequence: expected bounds from 0 to {Count} but got {start} to {end}");
        var slice = new Sequential();
        for (var i = start; i < end; i++) slice.append(_chain[i].Name, _chain[i].Module);
        return slice;
    }
}
