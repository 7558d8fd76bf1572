using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>A column of a tensor's rows.</summary>
/// <typeparam name="T">The raw type of an element, as wide as the tensor's.</typeparam>
internal sealed class TensorColumn<T> : TableColumn where T : unmanaged
{
    // A span of a tensor's bytes has at most 2³¹ of them, so a larger tensor is looked at in parts.
    private const long LargestPart = 1L << 30;

    private readonly Tensor _values;
    private readonly Tensor[] _parts;
    private readonly long _rowsOfPart;
    private readonly int _size;
    private volatile bool _disposed;

    /// <summary>Takes over a contiguous tensor on the CPU.</summary>
    public TensorColumn(string name, PrimitiveDataViewType item, Tensor values, DataViewSchema.Annotations? annotations)
        : base(name, TypeOf(item, values.shape), annotations, values.shape[0])
    {
        using var scope = NewDisposeScope();
        _values = values;
        _size = Type is VectorDataViewType vector ? vector.Size : 1;
        _rowsOfPart = Math.Max(1, LargestPart / (_size * (long)values.ElementSize));
        _parts = [.. Enumerable.Range(0, (int)((Count + _rowsOfPart - 1) / _rowsOfPart))
            .Select(part => values.narrow(0, part * _rowsOfPart, Math.Min(_rowsOfPart, Count - part * _rowsOfPart)).DetachFromDisposeScope())]; // [rows of the part, …]
    }

    internal override Delegate Getter(ViewCursor cursor)
    {
        if (Type is VectorDataViewType) return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var editor = VBufferEditor.Create(ref value, _size);
            At(cursor.Row).CopyTo(editor.Values);
            value = editor.Commit();
        });
        return (ValueGetter<T>)((ref T value) => value = At(cursor.Row)[0]);
    }

    private protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var part in _parts) part.Dispose();
        _values.Dispose();
    }

    private ReadOnlySpan<T> At(long row)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(TableDataView));
        return MemoryMarshal.Cast<byte, T>(_parts[row / _rowsOfPart].bytes).Slice((int)(row % _rowsOfPart) * _size, _size);
    }

    private static DataViewType TypeOf(PrimitiveDataViewType item, long[] shape) =>
        shape.Length == 1 ? item : new VectorDataViewType(item, shape.Skip(1).Select(size => checked((int)size)).ToArray());
}
