using Microsoft.ML.Data;
using TorchRef.Interop.DataViews;

namespace TorchRef.Interop.Tests.DataViews;

public sealed class RecordDataViewTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_reader_is_released_with_the_last_cursor(bool canSeek)
    {
        var source = new NumberSource(500) { CanSeek = canSeek };
        var view = new RecordDataView(source, Views.Columns());
        Assert.Equal(0, source.Open);

        var cursors = view.GetRowCursorSet(view.Schema, 3, new Random(1));
        Assert.Equal(1, source.Open);
        cursors[0].Dispose();
        cursors[0].Dispose();
        while (cursors[1].MoveNext())
        {
        }
        Assert.Equal(1, source.Open);
        Assert.False(cursors[1].MoveNext());
        cursors[2].Dispose();

        Assert.Equal(0, source.Open);
        Views.Numbers(view);
        Assert.Equal(0, source.Open);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_record_that_can_not_be_read_stops_all_cursors_of_the_set(bool canSeek)
    {
        var view = new RecordDataView(new NumberSource(2000) { CanSeek = canSeek, Broken = 700 }, Views.Columns());
        var cursors = view.GetRowCursorSet(view.Schema, 2);
        var number = cursors[0].GetGetter<long>(view.Schema["Number"]);
        var value = 0L;

        Assert.Equal("record 700 is damaged", Assert.Throws<InvalidDataException>(() => Drain(cursors[0])).Message);

        Assert.Equal(-1, cursors[0].Position);
        Assert.Throws<InvalidOperationException>(() => number(ref value));
        Assert.Throws<InvalidDataException>(() => Drain(cursors[1]));
        Assert.Throws<InvalidDataException>(() => cursors[0].MoveNext());
    }

    [Theory]
    [InlineData(90, null)]
    [InlineData(90, 1)]
    [InlineData(110, null)]
    public void A_source_with_other_records_than_it_said_is_no_shorter_table(int actual, int? seed)
    {
        var view = new RecordDataView(new NumberSource(100) { Actual = actual }, Views.Columns());

        Assert.Equal($"a source has as many records as it says: expected 100 but got {actual}", Assert.Throws<InvalidDataException>(() => Views.Numbers(view, seed is { } given ? new Random(given) : null)).Message);
    }

    [Fact]
    public void A_pool_moves_records_no_further_forward_than_its_size()
    {
        var view = new RecordDataView(new NumberSource(1000), Views.Columns()) { PoolSize = 20 };

        var order = Views.Numbers(view, new Random(1));

        Assert.All(order.Select((number, place) => number - place), ahead => Assert.InRange(ahead, -999, 19));
        Assert.Contains(order.Select((number, place) => place - number), late => late > 20);
    }

    [Fact]
    public void The_callers_random_is_not_used_by_open_cursors()
    {
        var view = Views.Of("stream", 300);
        var shared = new Random(1);
        using var first = view.GetRowCursor([view.Schema["Number"]], shared);
        using var second = view.GetRowCursor([view.Schema["Number"]], shared);

        var interleaved = (First: Views.Rest(first), Second: Views.Rest(second));

        var again = new Random(1);
        Assert.Equal(Views.Numbers(view, again), interleaved.First.Select(row => row.Number));
        Assert.Equal(Views.Numbers(view, again), interleaved.Second.Select(row => row.Number));
    }

    [Fact]
    public void What_makes_no_view_is_refused()
    {
        Assert.StartsWith("a view has columns: expected at least one but got none", Assert.Throws<ArgumentException>(() => new RecordDataView(new NumberSource(1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("who finds any record knows how many there are", Assert.Throws<ArgumentException>(() => new RecordDataView(new NumberSource(1) { CanSeek = true, IsCountKnown = false }, Views.Columns())).Message, StringComparison.Ordinal);
        Assert.StartsWith("a column is read as its raw type: expected System.Single for x but got System.Double", Assert.Throws<ArgumentException>(() => new RecordColumn<double>("x", NumberDataViewType.Single, (_, ref value) => value = 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordDataView(new NumberSource(1), Views.Columns()) { PoolSize = 0 });
    }

    private static void Drain(Microsoft.ML.DataViewRowCursor cursor)
    {
        while (cursor.MoveNext())
        {
        }
    }
}
