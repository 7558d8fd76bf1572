namespace TorchRef.Interop.DataViews;

/// <summary>Deals out the numbers of rows; who has a number finds the row.</summary>
/// <param name="count">How many rows there are.</param>
/// <param name="blockSize">How many make a block.</param>
/// <param name="order">The order; null for that of the view.</param>
internal sealed class NumberFeed(long count, int blockSize, RowPermutation? order) : IBlockFeed
{
    private long _block = -1;

    public bool Take(RowBlock block)
    {
        block.Number = Interlocked.Increment(ref _block);
        var first = block.Number * blockSize;
        block.Count = (int)Math.Clamp(count - first, 0, blockSize);
        for (var i = 0; i < block.Count; i++) block.Rows[i] = order?.At(first + i) ?? first + i;
        return block.Count > 0;
    }

    public void Dispose()
    {
    }
}
