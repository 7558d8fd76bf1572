using Microsoft.ML;

namespace TorchRef.Interop.DataViews;

/// <summary>Records of a file or another source as ML.NET's IDataView, streaming: no more of them are in memory than a cursor looks at.</summary>
/// <remarks>
/// <para>
/// A cursor holds a block of 128 records. With a Random a source that can seek is read in a random order of all rows; one that
/// can't is shuffled through a pool of <see cref="PoolSize"/> records. Both are repeated by an identically constructed Random.
/// </para>
/// <para>
/// Cursors of a set share one reader: where the source can seek they read side by side, else they take turns. Several threads may
/// open cursors at a time. When reading fails, all cursors of the set say so.
/// </para>
/// </remarks>
public sealed class RecordDataView : IDataView
{
    private readonly IRecordSource _source;
    private readonly RecordColumn[] _columns;
    private readonly int _poolSize = 4096;

    /// <summary>Makes a view.</summary>
    /// <param name="source">Where the records come from.</param>
    /// <param name="columns">At least one. Of two with the same name the first is hidden.</param>
    /// <exception cref="ArgumentException">There are no columns, or the source's records have no bytes, or it can seek without knowing its count.</exception>
    public RecordDataView(IRecordSource source, params IEnumerable<RecordColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(columns);
        (_source, _columns) = (source, [.. columns]);
        if (_columns.Length == 0) throw new ArgumentException("a view has columns: expected at least one but got none", nameof(columns));
        if (source.RecordLength < 1) throw new ArgumentException($"a record has bytes: expected at least 1 but got {source.RecordLength}", nameof(source));
        if (source is { CanSeek: true, Count: null }) throw new ArgumentException("who finds any record knows how many there are: expected a count but got none", nameof(source));
        Schema = ViewColumn.Schema(_columns);
    }

    /// <summary>How many records a source that can't seek is shuffled through; 4096 by default, at least 1.</summary>
    public int PoolSize
    {
        get => _poolSize;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _poolSize = value;
        }
    }

    /// <summary>True.</summary>
    public bool CanShuffle => true;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <summary>The number of records; null where only reading them would tell.</summary>
    public long? GetRowCount() => _source.Count;

    /// <summary>A cursor over all records.</summary>
    /// <param name="columnsNeeded">The columns whose values will be asked for; there are getters for these alone.</param>
    /// <param name="rand">Decides the order; null, the default, for the source's own.</param>
    /// <exception cref="ArgumentException">A column is another view's.</exception>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => GetRowCursorSet(columnsNeeded, 1, rand)[0];

    /// <summary>Cursors that give each record once among them, in blocks, for threads of their own.</summary>
    /// <param name="columnsNeeded">The columns whose values will be asked for; there are getters for these alone.</param>
    /// <param name="n">How many; 0 or less for as many as there are processors. There are never more than records, nor than 16 for a processor.</param>
    /// <param name="rand">Decides the order, which sorting by the batch restores; null, the default, for the source's own.</param>
    /// <exception cref="ArgumentException">A column is another view's.</exception>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = ColumnChoice.Active(Schema, columnsNeeded);
        var count = _source.Count;
        var cursors = ViewCursors.SetSize(n, count);
        var blockSize = ViewCursors.BlockSizeOf(cursors, count);
        return ViewCursors.Open(Schema, _columns, active, OpenFeed(count, blockSize, rand), cursors, blockSize, _source.RecordLength);
    }

    private IBlockFeed OpenFeed(long? count, int blockSize, Random? rand)
    {
        if (_source.CanSeek) return new SeekFeed(_source.Open(), new NumberFeed(count!.Value, blockSize, rand is null ? null : new RowPermutation(count.Value, rand)));
        // A generator of the feed's own: the caller may go on drawing from theirs, on another thread.
        return new StreamFeed(_source.Open(), _source.RecordLength, count, rand is null ? null : new Random(rand.Next()), _poolSize);
    }
}
