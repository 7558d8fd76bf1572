namespace TorchRef.Interop.DataViews;

/// <summary>Deals out the records of a source that is read front to back; threads take turns at it.</summary>
/// <remarks>
/// To shuffle, a pool of records is kept full: one is drawn from it at random, and the next of the stream takes its place. So every
/// record comes once, none much earlier than in the stream, and memory depends on the pool alone.
/// </remarks>
internal sealed class StreamFeed : IBlockFeed
{
    private readonly Lock _turn = new();
    private readonly IRecordReader _reader;
    private readonly long? _expected;
    private readonly Random? _random;
    private readonly RowBlock? _pool;
    private long _blocks, _read;
    private bool _ended;

    /// <param name="reader">Taken over.</param>
    /// <param name="recordLength">Bytes of a record.</param>
    /// <param name="expected">How many records were promised; null for nobody knows.</param>
    /// <param name="random">Draws from the pool, for this feed alone; null for the stream's order.</param>
    /// <param name="poolSize">Records in the pool.</param>
    public StreamFeed(IRecordReader reader, int recordLength, long? expected, Random? random, int poolSize)
    {
        (_reader, _expected, _random) = (reader, expected, random);
        if (random is not null) _pool = new RowBlock((int)Math.Min(poolSize, Math.Max(expected ?? poolSize, 1)), recordLength);
    }

    public bool Take(RowBlock block)
    {
        lock (_turn)
        {
            block.Number = _blocks++;
            block.Count = 0;
            while (block.Count < block.Capacity && Next(block, block.Count)) block.Count++;
            return block.Count > 0;
        }
    }

    public void Dispose()
    {
        lock (_turn) _reader.Dispose();
    }

    private bool Next(RowBlock block, int index) => _pool is null ? Read(block, index) : Draw(_pool, block, index);

    private bool Draw(RowBlock pool, RowBlock block, int index)
    {
        while (pool.Count < pool.Capacity && Read(pool, pool.Count)) pool.Count++;
        if (pool.Count == 0) return false;
        var drawn = _random!.Next(pool.Count);
        Move(pool, drawn, block, index);
        if (Read(pool, drawn)) return true;
        pool.Count--;
        if (drawn < pool.Count) Move(pool, pool.Count, pool, drawn);
        return true;
    }

    private bool Read(RowBlock block, int index)
    {
        if (_ended) return false;
        if (!_reader.ReadNext(block.Record(index)))
        {
            _ended = true;
            if (_expected is { } count && count != _read) throw new InvalidDataException($"a source has as many records as it says: expected {count} but got {_read}");
            return false;
        }
        block.Rows[index] = _read++;
        return true;
    }

    private static void Move(RowBlock from, int source, RowBlock to, int target)
    {
        from.Record(source).CopyTo(to.Record(target));
        to.Rows[target] = from.Rows[source];
    }
}
