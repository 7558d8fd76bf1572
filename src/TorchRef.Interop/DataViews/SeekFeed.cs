namespace TorchRef.Interop.DataViews;

/// <summary>Deals out the records of a source that can seek: threads read their blocks side by side.</summary>
internal sealed class SeekFeed(IRecordReader reader, NumberFeed numbers) : IBlockFeed
{
    public bool Take(RowBlock block)
    {
        if (!numbers.Take(block)) return false;
        for (var i = 0; i < block.Count; i++) reader.ReadAt(block.Rows[i], block.Record(i));
        return true;
    }

    public void Dispose() => reader.Dispose();
}
