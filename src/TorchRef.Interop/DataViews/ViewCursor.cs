using Microsoft.ML;
using Microsoft.ML.Data;

namespace TorchRef.Interop.DataViews;

/// <summary>The cursor of all views of this library. One thread at a time may use it; cursors of a set each have their own.</summary>
/// <remarks>
/// ML.NET's rules: the position is −1 before the first row and after the last; getters of columns that weren't asked for, or of
/// another type than the column's, are refused, as are values where there is no row; a row's identity is its number in the view,
/// however the rows are ordered or shared out; batches number the blocks, so that sorting by them restores the order.
/// </remarks>
internal sealed class ViewCursor : DataViewRowCursor
{
    private readonly IReadOnlyList<ViewColumn> _columns;
    private readonly bool[] _active;
    private readonly Delegate?[] _getters;
    private readonly IBlockFeed _feed;
    private readonly RowBlock _block;
    private long _position = -1;
    private int _index;
    private bool _disposed;

    /// <param name="schema">The view's.</param>
    /// <param name="columns">Its columns, in order.</param>
    /// <param name="active">Which of them were asked for.</param>
    /// <param name="feed">Where the rows come from; disposed of when the cursor needs it no more.</param>
    /// <param name="block">This cursor's own room for them.</param>
    public ViewCursor(DataViewSchema schema, IReadOnlyList<ViewColumn> columns, bool[] active, IBlockFeed feed, RowBlock block)
    {
        (Schema, _columns, _active, _feed, _block) = (schema, columns, active, feed, block);
        _getters = new Delegate?[columns.Count];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => _block.Number;

    /// <summary>The number of the row in the view.</summary>
    /// <exception cref="InvalidOperationException">The cursor is at no row.</exception>
    public long Row
    {
        get
        {
            RequireRow();
            return _block.Rows[_index];
        }
    }

    /// <summary>The bytes of the row, where the view has some.</summary>
    /// <exception cref="InvalidOperationException">The cursor is at no row.</exception>
    public ReadOnlySpan<byte> Record
    {
        get
        {
            RequireRow();
            return _block.Record(_index);
        }
    }

    public override bool MoveNext()
    {
        if (_disposed) return false;
        if (_position < 0 || ++_index == _block.Count) return NextBlock();
        _position++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[Place(column)];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var place = Place(column);
        if (!_active[place])
            throw new InvalidOperationException($"a getter is for a column that the cursor was opened for: expected one of {Names()} but got {column.Name}");
        var getter = _getters[place] ??= _columns[place].Getter(this);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"a getter gives its column's raw type: expected {_columns[place].Type.RawType} for {column.Name} but got {typeof(TValue)}");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)Row, 0);

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        (_disposed, _position) = (true, -1);
        _feed.Dispose();
    }

    private bool NextBlock()
    {
        // At no row until there is a new block: reading may throw.
        var next = _position + 1;
        _position = -1;
        if (!_feed.Take(_block))
        {
            Dispose();
            return false;
        }
        (_index, _position) = (0, next);
        return true;
    }

    private void RequireRow()
    {
        if (_position < 0) throw new InvalidOperationException("a value is read where a cursor is at a row: expected MoveNext to have returned true but it is before the first row or after the last");
    }

    private int Place(DataViewSchema.Column column) => ColumnChoice.Place(Schema, column);

    private string Names()
    {
        var names = Schema.Where(column => _active[column.Index]).Select(column => column.Name).ToList();
        return names.Count > 0 ? string.Join(", ", names) : "none, as no column was asked for,";
    }
}
