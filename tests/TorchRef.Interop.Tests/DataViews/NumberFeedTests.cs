using TorchRef.Interop.DataViews;

namespace TorchRef.Interop.Tests.DataViews;

public sealed class NumberFeedTests
{
    [Fact]
    public async Task Threads_that_take_nothing_but_numbers_take_each_once()
    {
        const int Count = 2_000_000, Threads = 4;
        using var feed = new NumberFeed(Count, 1, order: null);
        var taken = new int[Count];
        using var start = new Barrier(Threads);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(() =>
        {
            var block = new RowBlock(1, 0);
            start.SignalAndWait();
            while (feed.Take(block)) Interlocked.Increment(ref taken[block.Rows[0]]);
        }, TaskCreationOptions.LongRunning)));

        Assert.DoesNotContain(taken, times => times != 1);
    }
}
