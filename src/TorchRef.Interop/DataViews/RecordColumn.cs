using Microsoft.ML;
using Microsoft.ML.Data;

namespace TorchRef.Interop.DataViews;

/// <summary>A column of a <see cref="RecordDataView"/>.</summary>
public abstract class RecordColumn : ViewColumn
{
    private protected RecordColumn(string name, DataViewType type, DataViewSchema.Annotations? annotations)
        : base(name, type, annotations)
    {
    }
}

/// <summary>A column of a <see cref="RecordDataView"/>, as a function of the record's bytes.</summary>
/// <typeparam name="TValue">The raw type.</typeparam>
public sealed class RecordColumn<TValue> : RecordColumn
{
    private readonly RecordValue<TValue> _read;

    /// <summary>Describes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type, whose raw type is <typeparamref name="TValue"/>.</param>
    /// <param name="read">Takes the value out of a record, on any thread, and without throwing: what is wrong with a record is for its reader to say.</param>
    /// <param name="annotations">What else is known; null, the default, for nothing.</param>
    /// <exception cref="ArgumentException">The raw type is another.</exception>
    public RecordColumn(string name, DataViewType type, RecordValue<TValue> read, DataViewSchema.Annotations? annotations = null)
        : base(name, type, annotations)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (type.RawType != typeof(TValue)) throw new ArgumentException($"a column is read as its raw type: expected {type.RawType} for {name} but got {typeof(TValue)}", nameof(read));
        _read = read;
    }

    internal override Delegate Getter(ViewCursor cursor) => (ValueGetter<TValue>)((ref TValue value) => _read(cursor.Record, ref value));
}
