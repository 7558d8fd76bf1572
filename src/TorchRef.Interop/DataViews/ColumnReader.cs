using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>How the values of a column become the elements of a tensor.</summary>
internal abstract class ColumnReader
{
    private protected ColumnReader(DataViewSchema.Column column, ScalarType dtype)
    {
        (Column, DType) = (column, dtype);
        ItemShape = column.Type is VectorDataViewType vector ? [.. vector.Dimensions.Select(size => (long)size)] : [];
        Size = column.Type is VectorDataViewType { Size: var size } ? size : 1;
    }

    public DataViewSchema.Column Column { get; }

    public ScalarType DType { get; }

    /// <summary>The shape of one value; none for a scalar.</summary>
    public long[] ItemShape { get; }

    /// <summary>Elements of one value.</summary>
    public int Size { get; }

    /// <summary>Room for values of the row, wherever it moves.</summary>
    public abstract ColumnBuffer Open(DataViewRow row, int capacity);

    /// <summary>Finds the reader of a column.</summary>
    /// <exception cref="ArgumentException">A tensor can't hold the column's values; the message says why.</exception>
    public static ColumnReader Of(DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType { IsKnownSize: false })
            throw new ArgumentException($"the rows of a tensor have one shape: expected vectors of a known size but {column.Name} is {column.Type}", nameof(column));
        var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        return item switch
        {
            KeyDataViewType key => OfKey(column, key),
            NumberDataViewType or BooleanDataViewType => OfNumber(column, item.RawType),
            TextDataViewType => throw Refused(column, $", which {nameof(DataViewTensors.ToStrings)} reads"),
            _ => throw Refused(column, ""),
        };
    }

    private static ColumnReader OfNumber(DataViewSchema.Column column, Type raw) => Type.GetTypeCode(raw) switch
    {
        TypeCode.Single => new ColumnReader<float, float>(column, ScalarType.Float32, null),
        TypeCode.Double => new ColumnReader<double, double>(column, ScalarType.Float64, null),
        TypeCode.Byte => new ColumnReader<byte, byte>(column, ScalarType.Byte, null),
        TypeCode.SByte => new ColumnReader<sbyte, sbyte>(column, ScalarType.Int8, null),
        TypeCode.Int16 => new ColumnReader<short, short>(column, ScalarType.Int16, null),
        TypeCode.Int32 => new ColumnReader<int, int>(column, ScalarType.Int32, null),
        TypeCode.Int64 => new ColumnReader<long, long>(column, ScalarType.Int64, null),
        TypeCode.Boolean => new ColumnReader<bool, bool>(column, ScalarType.Bool, null),
        // torch has no unsigned types but uint8: the next that holds them all, and for 64 bits the one that holds most.
        TypeCode.UInt16 => new ColumnReader<ushort, int>(column, ScalarType.Int32, value => value),
        TypeCode.UInt32 => new ColumnReader<uint, long>(column, ScalarType.Int64, value => value),
        TypeCode.UInt64 => new ColumnReader<ulong, long>(column, ScalarType.Int64, value => Fitting(column, value)),
        _ => throw Refused(column, ""),
    };

    // A key beyond the count is a missing one too, by ML.NET's rule.
    private static ColumnReader OfKey(DataViewSchema.Column column, KeyDataViewType key) => Type.GetTypeCode(key.RawType) switch
    {
        TypeCode.Byte => new ColumnReader<byte, long>(column, ScalarType.Int64, value => Class(value, key)),
        TypeCode.UInt16 => new ColumnReader<ushort, long>(column, ScalarType.Int64, value => Class(value, key)),
        TypeCode.UInt32 => new ColumnReader<uint, long>(column, ScalarType.Int64, value => Class(value, key)),
        _ => new ColumnReader<ulong, long>(column, ScalarType.Int64, value => Class(value, key)),
    };

    private static long Class(ulong value, KeyDataViewType key) => value <= key.Count && value <= long.MaxValue ? (long)value - 1 : -1;

    private static long Fitting(DataViewSchema.Column column, ulong value) =>
        value <= long.MaxValue ? (long)value : throw new InvalidDataException($"int64 must hold an unsigned number: expected at most {long.MaxValue} but got {value} in {column.Name}");

    private static ArgumentException Refused(DataViewSchema.Column column, string instead) =>
        new($"a tensor holds numbers: expected numbers, truth values, keys or vectors of them but {column.Name} is {column.Type}{instead}", nameof(column));
}

/// <summary>A reader that knows its types.</summary>
/// <typeparam name="TRaw">What the column's getter gives, or its vectors hold.</typeparam>
/// <typeparam name="TElement">What the tensor holds.</typeparam>
internal sealed class ColumnReader<TRaw, TElement>(DataViewSchema.Column column, ScalarType dtype, Func<TRaw, TElement>? convert) : ColumnReader(column, dtype)
    where TElement : unmanaged
{
    public override ColumnBuffer Open(DataViewRow row, int capacity) => Column.Type is VectorDataViewType
        ? new VectorBuffer<TRaw, TElement>(this, row, capacity, convert)
        : new ScalarBuffer<TRaw, TElement>(this, row, capacity, convert);
}
