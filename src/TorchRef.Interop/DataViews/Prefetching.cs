using System.Collections.Concurrent;

namespace TorchRef.Interop.DataViews;

/// <summary>Reads batches ahead on a thread of the pool.</summary>
internal static class Prefetching
{
    /// <summary>The same batches; as many as <paramref name="count"/> are ready and wait.</summary>
    public static IEnumerable<DataViewBatch> Ahead(IEnumerable<DataViewBatch> batches, int count)
    {
        using var ready = new BlockingCollection<DataViewBatch>(count);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => Fill(ready, batches, stop.Token));
        try
        {
            foreach (var batch in ready.GetConsumingEnumerable()) yield return batch;
            // What went wrong over there is thrown here, after all batches before it.
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
            foreach (var batch in ready.GetConsumingEnumerable()) batch.Dispose();
        }
    }

    private static void Fill(BlockingCollection<DataViewBatch> ready, IEnumerable<DataViewBatch> batches, CancellationToken stop)
    {
        try
        {
            foreach (var batch in batches)
            {
                if (Add(ready, batch, stop)) continue;
                batch.Dispose();
                return;
            }
        }
        finally
        {
            ready.CompleteAdding();
        }
    }

    private static bool Add(BlockingCollection<DataViewBatch> ready, DataViewBatch batch, CancellationToken stop)
    {
        try
        {
            ready.Add(batch, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
