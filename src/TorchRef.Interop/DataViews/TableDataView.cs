using Microsoft.ML;

namespace TorchRef.Interop.DataViews;

/// <summary>A table in memory as ML.NET's IDataView: tensors, numbers and words as its columns.</summary>
/// <remarks>
/// <para>
/// It knows its number of rows, shuffles (a cursor with a Random gives each row once, in an order that an identically constructed
/// Random repeats), and shares its rows out among the cursors of a set. Several threads may open cursors at a time.
/// </para>
/// <para>Disposing releases the tensors; cursors that are still open refuse their values then.</para>
/// </remarks>
public sealed class TableDataView : IDataView, IDisposable
{
    private readonly TableColumn[] _columns;
    private readonly long _count;

    /// <summary>Makes a view, which owns the columns from then on.</summary>
    /// <param name="columns">At least one, all of the same number of rows. Of two with the same name the first is hidden.</param>
    /// <exception cref="ArgumentException">There are no columns, or their numbers of rows differ.</exception>
    public TableDataView(params IEnumerable<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        if (_columns.Length == 0) throw new ArgumentException("a table has columns: expected at least one but got none", nameof(columns));
        _count = _columns[0].Count;
        if (Array.Find(_columns, column => column.Count != _count) is { } other)
            throw new ArgumentException($"the columns of a table have the same rows: expected {_count}, as {_columns[0].Name} has, but got {other.Count} for {other.Name}", nameof(columns));
        Schema = ViewColumn.Schema(_columns);
    }

    /// <summary>True.</summary>
    public bool CanShuffle => true;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <summary>The number of rows.</summary>
    public long? GetRowCount() => _count;

    /// <summary>A cursor over all rows.</summary>
    /// <param name="columnsNeeded">The columns whose values will be asked for; there are getters for these alone.</param>
    /// <param name="rand">Decides the order; null, the default, for the table's own.</param>
    /// <exception cref="ArgumentException">A column is another view's.</exception>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => GetRowCursorSet(columnsNeeded, 1, rand)[0];

    /// <summary>Cursors that give each row once among them, in blocks, for threads of their own.</summary>
    /// <param name="columnsNeeded">The columns whose values will be asked for; there are getters for these alone.</param>
    /// <param name="n">How many; 0 or less for as many as there are processors. There are never more than rows, nor than 16 for a processor.</param>
    /// <param name="rand">Decides the order, which sorting by the batch restores; null, the default, for the table's own.</param>
    /// <exception cref="ArgumentException">A column is another view's.</exception>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = ColumnChoice.Active(Schema, columnsNeeded);
        var cursors = ViewCursors.SetSize(n, _count);
        var blockSize = ViewCursors.BlockSizeOf(cursors, _count);
        var feed = new NumberFeed(_count, blockSize, rand is null ? null : new RowPermutation(_count, rand));
        return ViewCursors.Open(Schema, _columns, active, feed, cursors, blockSize, recordLength: 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
    }
}
