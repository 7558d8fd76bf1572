using Microsoft.ML;
using TorchRef.Interop.DataViews;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.DataViews;

public sealed class DataViewBatchesTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Batches_hold_the_rows_in_order(int prefetch, bool dropLast)
    {
        var batches = new DataViewBatches(Views.Of("stream", 103), 10, "Number", "Pair") { Prefetch = prefetch, DropLast = dropLast };
        for (var time = 0; time < 2; time++)
        {
            var (numbers, sizes, indices) = (new List<long>(), new List<int>(), new List<long>());
            foreach (var batch in batches)
            {
                Assert.Equal([batch.Count], batch["Number"].shape);
                Assert.Equal([batch.Count, 2], batch["Pair"].shape);
                numbers.AddRange(batch["Number"].data<long>().ToArray());
                sizes.Add(batch.Count);
                indices.Add(batch.Index);
            }

            Assert.Equal(Enumerable.Range(0, dropLast ? 100 : 103).Select(i => (long)i), numbers);
            Assert.Equal([.. Enumerable.Repeat(10, 10), .. dropLast ? Array.Empty<int>() : [3]], sizes);
            Assert.Equal(Enumerable.Range(0, sizes.Count).Select(i => (long)i), indices);
        }
    }

    [Fact]
    public void A_full_last_batch_is_not_dropped()
    {
        Assert.Equal([10, 10], new DataViewBatches(Views.Of("table", 20), 10, "Number") { DropLast = true }.Select(batch => batch.Count));
        Assert.Empty(new DataViewBatches(Views.Of("table", 9), 10, "Number") { DropLast = true });
        Assert.Empty(new DataViewBatches(Views.Of("table", 0), 10, "Number"));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("stream")]
    public void Seed_and_epoch_decide_the_order(string kind)
    {
        var batches = new DataViewBatches(Views.Of(kind, 500), 32, "Number") { ShuffleSeed = 7 };

        Assert.Equal(Numbers(batches, 3), Numbers(batches, 3));
        Assert.Equal(Numbers(batches, 3), Numbers(new DataViewBatches(Views.Of(kind, 500), 32, "Number") { ShuffleSeed = 7, Prefetch = 2 }, 3));
        Assert.NotEqual(Numbers(batches, 3), Numbers(batches, 4));
        Assert.NotEqual(Numbers(batches, 3), Numbers(new DataViewBatches(Views.Of(kind, 500), 32, "Number") { ShuffleSeed = 8 }, 3));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), Numbers(batches, 3).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_batch_lives_until_the_next_and_leaving_releases_all(int prefetch)
    {
        var batches = new DataViewBatches(Views.Of("stream", 1000), 10, "Pair") { Prefetch = prefetch };
        Numbers(new DataViewBatches(Views.Of("stream", 10), 10, "Number"), 0);
        var before = LiveTensors.Count();
        Tensor? last = null;
        using (NewDisposeScope())
        {
            foreach (var batch in batches)
            {
                Assert.True(last is null || last.IsInvalid);
                last = batch["Pair"];
                Assert.False(last.IsInvalid);
                if (batch.Index == 5) break;
            }
        }

        Assert.True(last!.IsInvalid);
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void A_kept_batch_is_the_callers()
    {
        var kept = new DataViewBatches(Views.Of("table", 6), 2, "Number") { Prefetch = 1 }.Select(batch => batch.Keep()).ToList();

        Assert.Equal([0, 2, 4], kept.Select(batch => batch["Number"][0].item<long>()));
        kept.ForEach(batch => batch.Dispose());
        Assert.All(kept, batch => Assert.True(batch["Number"].IsInvalid));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_goes_wrong_is_thrown_after_the_batches_before_it(int prefetch)
    {
        var source = new NumberSource(1000) { Broken = 560 };
        var batches = new DataViewBatches(new RecordDataView(source, Views.Columns()), 10, "Number") { Prefetch = prefetch };
        var read = 0;

        var thrown = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var batch in batches) read += batch.Count;
        });

        Assert.Equal("record 560 is damaged", thrown.Message);
        // The cursor reads 128 records at a time.
        Assert.Equal(510, read);
        Assert.Equal(0, source.Open);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Leaving_the_loop_closes_the_source(int prefetch)
    {
        var source = new NumberSource(1000);
        foreach (var batch in new DataViewBatches(new RecordDataView(source, Views.Columns()), 10, "Number") { Prefetch = prefetch })
        {
            Assert.Equal(1, source.Open);
            break;
        }

        Assert.Equal(0, source.Open);
    }

    [Fact]
    public void What_makes_no_batches_is_refused()
    {
        var view = Views.Of("table", 6);

        Assert.Throws<ArgumentOutOfRangeException>(() => new DataViewBatches(view, 0, "Number"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataViewBatches(view, 1, "Number") { Prefetch = -1 });
        Assert.StartsWith("a view is shuffled that can be: expected CanShuffle to be true but got false", Assert.Throws<ArgumentException>(() => new DataViewBatches(new Unshuffled(view), 1, "Number") { ShuffleSeed = 1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("a batch has the columns that were asked for: expected Number but got Pair", Assert.Throws<ArgumentException>(() => new DataViewBatches(view, 1, "Number").Select(batch => batch["Pair"]).ToList()).Message, StringComparison.Ordinal);
    }

    private static List<long> Numbers(DataViewBatches batches, int epoch) => [.. batches.Epoch(epoch).SelectMany(batch => batch["Number"].data<long>().ToArray())];

    private sealed class Unshuffled(IDataView view) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => view.Schema;

        public long? GetRowCount() => view.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => view.GetRowCursor(columnsNeeded);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => view.GetRowCursorSet(columnsNeeded, n);
    }
}
