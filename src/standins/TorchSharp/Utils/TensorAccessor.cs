using System.Collections;

namespace TorchSharp.Utils;

/// <summary>
/// The elements of a tensor in CPU memory, in the order of its shape, whatever its strides. Writing through it writes
/// into the tensor.
/// </summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _shape, _strides;
    private readonly bool _contiguous;
    private readonly T* _data;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (!tensor.is_cpu())
            throw new InvalidOperationException($"elements must be read from memory of the CPU: expected a tensor on the CPU but got one on {tensor.device} (use cpu() first)");
        // A wrapper of its own: the data stays valid when the caller's tensor is disposed, by hand or by its scope.
        _tensor = tensor.alias().DetachFromDisposeScope();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
        _data = (T*)tensor.Meta.Data;
    }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    public bool IsReadOnly => false;

    /// <summary>The element at a position with an index for each dimension, or, with one index, in order.</summary>
    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>An array of the tensor's rank; of a scalar, an array of one element.</summary>
    public Array ToNDArray()
    {
        if (_shape.Length <= 1) return ToArray();
        var array = Array.CreateInstance(typeof(T), _shape);
        var index = new long[_shape.Length];
        foreach (var value in this)
        {
            array.SetValue(value, index);
            for (var d = index.Length - 1; d >= 0 && ++index[d] == _shape[d]; d--) index[d] = 0;
        }
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on, as many as there are or fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Count - tensorIndex);
        if (_contiguous) new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(target);
        else for (var i = 0; i < count; i++) target[i] = _data[Offset(tensorIndex + i)];
        GC.KeepAlive(this);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Count - tensorIndex);
        if (_contiguous) source[..count].CopyTo(new Span<T>(_data + tensorIndex, count));
        else for (var i = 0; i < count; i++) _data[Offset(tensorIndex + i)] = source[i];
        GC.KeepAlive(this);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++) yield return Read(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => HashCode.Combine((IntPtr)_data, Count);

    /// <summary>Whether both are the same memory, or the same elements in the same order.</summary>
    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        left.Count == right.Count && (left._data == right._data && left._strides.SequenceEqual(right._strides) || left.SequenceEqual(right));

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public void Dispose() => _tensor.Dispose();

    private T Read(long index) => _data[_contiguous ? index : Offset(index)];

    private T* At(long[] indices)
    {
        if (indices.Length == 1 && _shape.Length != 1)
            return indices[0] >= 0 && indices[0] < Count ? _data + Offset(indices[0]) : throw OutOfRange(indices);
        if (indices.Length != _shape.Length) throw OutOfRange(indices);
        long offset = 0;
        for (var d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= _shape[d]) throw OutOfRange(indices);
            offset += indices[d] * _strides[d];
        }
        return _data + offset;
    }

    private IndexOutOfRangeException OutOfRange(long[] indices) =>
        new($"an element must exist: expected indices within [{string.Join(", ", _shape)}] but got [{string.Join(", ", indices)}]");

    private long Offset(long index)
    {
        if (_contiguous) return index;
        long offset = 0;
        for (var d = _shape.Length - 1; d >= 0; d--)
        {
            offset += index % _shape[d] * _strides[d];
            index /= _shape[d];
        }
        return offset;
    }
}
