using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>Room for the values of a column in some rows.</summary>
internal abstract class ColumnBuffer
{
    /// <summary>Reads the value of the row where the cursor is.</summary>
    /// <param name="place">Where it goes, from 0.</param>
    /// <exception cref="InvalidDataException">The value isn't what the column's type says.</exception>
    public abstract void Read(int place);

    /// <summary>The first values as a tensor (count, …), in no dispose scope.</summary>
    public abstract Tensor ToTensor(int count);
}

/// <summary>Elements in an array, which a tensor is made of.</summary>
internal abstract class ColumnBuffer<TElement>(ColumnReader reader, int capacity) : ColumnBuffer where TElement : unmanaged
{
    private protected TElement[] Elements { get; } = new TElement[checked(capacity * reader.Size)];

    public override Tensor ToTensor(int count)
    {
        var values = empty([count, .. reader.ItemShape], reader.DType, CPU).DetachFromDisposeScope(); // [count, …]
        if (count > 0) MemoryMarshal.AsBytes(Elements.AsSpan(0, count * reader.Size)).CopyTo(values.bytes);
        return values;
    }
}

/// <summary>Reads scalars.</summary>
internal sealed class ScalarBuffer<TRaw, TElement> : ColumnBuffer<TElement> where TElement : unmanaged
{
    private readonly ValueGetter<TRaw> _getter;
    private readonly Func<TRaw, TElement> _convert;
    private TRaw _value = default!;

    public ScalarBuffer(ColumnReader reader, DataViewRow row, int capacity, Func<TRaw, TElement>? convert)
        : base(reader, capacity)
    {
        _getter = row.GetGetter<TRaw>(reader.Column);
        // Without a conversion the two types are one.
        _convert = convert ?? (Func<TRaw, TElement>)(object)(Func<TElement, TElement>)(value => value);
    }

    public override void Read(int place)
    {
        _getter(ref _value);
        Elements[place] = _convert(_value);
    }
}

/// <summary>Reads vectors, dense or sparse.</summary>
internal sealed class VectorBuffer<TRaw, TElement> : ColumnBuffer<TElement> where TElement : unmanaged
{
    private readonly ColumnReader _reader;
    private readonly DataViewRow _row;
    private readonly ValueGetter<VBuffer<TRaw>> _getter;
    private readonly Func<TRaw, TElement>? _convert;
    private readonly TRaw[] _raw;
    private VBuffer<TRaw> _value;

    public VectorBuffer(ColumnReader reader, DataViewRow row, int capacity, Func<TRaw, TElement>? convert)
        : base(reader, capacity)
    {
        (_reader, _row, _convert) = (reader, row, convert);
        _getter = row.GetGetter<VBuffer<TRaw>>(reader.Column);
        // Without a conversion the vectors are copied to their place at once.
        _raw = convert is null ? (TRaw[])(object)Elements : new TRaw[reader.Size];
    }

    public override void Read(int place)
    {
        _getter(ref _value);
        if (_value.Length != _reader.Size)
            throw new InvalidDataException($"a vector has the size that its column says: expected {_reader.Size} places but got {_value.Length} at row {_row.Position} of {_reader.Column.Name}");
        var first = place * _reader.Size;
        if (_convert is null)
        {
            _value.CopyTo(_raw, first);
            return;
        }
        // What a sparse vector doesn't hold is converted too: of keys it is the missing one.
        _value.CopyTo(_raw, 0);
        for (var i = 0; i < _raw.Length; i++) Elements[first + i] = _convert(_raw[i]);
    }
}
