namespace TorchRef.Interop.DataViews;

/// <summary>Deals out the rows of a view once, in blocks, to one cursor or to several on threads of their own.</summary>
internal interface IBlockFeed : IDisposable
{
    /// <summary>Fills a block with the next rows that nobody has taken.</summary>
    /// <returns>Whether there were any.</returns>
    bool Take(RowBlock block);
}
