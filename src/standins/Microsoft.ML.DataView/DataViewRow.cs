using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Writes a value of the current row over <paramref name="value"/>, whose buffers it may use again.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>A row, as getters that give the values where the row is now.</summary>
public abstract class DataViewRow : IDisposable
{
    protected DataViewRow()
    {
    }

    public abstract long Position { get; }

    /// <summary>Which part of the whole the row belongs to, when cursors of a set share the rows.</summary>
    public abstract long Batch { get; }

    public abstract DataViewSchema Schema { get; }

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public abstract bool IsColumnActive(DataViewSchema.Column column);

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A row that moves. It starts before the first one.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    protected DataViewRowCursor()
    {
    }

    public abstract bool MoveNext();
}
