using System.Runtime.ExceptionServices;

namespace TorchRef.Interop.DataViews;

/// <summary>A feed that several cursors use; it is disposed of with the last of them.</summary>
/// <remarks>When reading fails for one cursor it fails for all: rows are missing, and the others mustn't end as if all had been read.</remarks>
internal sealed class SharedFeed(IBlockFeed feed, int users) : IBlockFeed
{
    private int _users = users;
    private ExceptionDispatchInfo? _failure;

    public bool Take(RowBlock block)
    {
        Volatile.Read(ref _failure)?.Throw();
        try
        {
            return feed.Take(block);
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(exception));
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0) feed.Dispose();
    }
}
