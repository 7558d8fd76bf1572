using Microsoft.ML;
using Microsoft.ML.Data;

namespace TorchRef.Interop.Tests.DataViews;

/// <summary>What ML.NET's components rely on, of each kind of view.</summary>
public sealed class CursorTests
{
    private const int RowCount = 1000;

    public static TheoryData<string> Kinds => Views.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_come_in_order_each_time(string kind)
    {
        var view = Views.Of(kind, RowCount);

        Assert.Equal(Enumerable.Range(0, RowCount).Select(i => (long)i), Views.Numbers(view));
        Assert.Equal(Views.Rows(view).Select(row => (row.Id, row.Number)), Views.Rows(view).Select(row => (row.Id, row.Number)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_position_is_minus_one_where_there_is_no_row(string kind)
    {
        var view = Views.Of(kind, 3);
        using var cursor = view.GetRowCursor([view.Schema["Number"]]);
        var getter = cursor.GetGetter<long>(view.Schema["Number"]);
        var (value, id) = (0L, default(DataViewRowId));

        Assert.Equal(-1, cursor.Position);
        Assert.Contains("is at a row", Assert.Throws<InvalidOperationException>(() => getter(ref value)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => cursor.MoveNext() ? cursor.Position : -1));
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        Assert.Throws<InvalidOperationException>(() => cursor.GetIdGetter()(ref id));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Only_columns_that_were_asked_for_have_getters(string kind)
    {
        var view = Views.Of(kind, 3);
        using var cursor = view.GetRowCursor([view.Schema["Pair"]]);

        Assert.Equal([false, true, false], view.Schema.Select(cursor.IsColumnActive));
        cursor.GetGetter<VBuffer<float>>(view.Schema["Pair"]);
        var refused = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<long>(view.Schema["Number"]));
        Assert.Equal("a getter is for a column that the cursor was opened for: expected one of Pair but got Number", refused.Message);
        using var none = view.GetRowCursor([]);
        Assert.Contains("no column was asked for", Assert.Throws<InvalidOperationException>(() => none.GetGetter<long>(view.Schema["Number"])).Message, StringComparison.Ordinal);
        Assert.Equal(3, Enumerable.Range(0, 9).Count(_ => none.MoveNext()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_getter_of_another_type_is_refused(string kind)
    {
        var view = Views.Of(kind, 3);
        using var cursor = view.GetRowCursor(view.Schema);

        Assert.StartsWith("a getter gives its column's raw type: expected System.Int64 for Number but got System.Int32", Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Number"])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Pair"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<double>>(view.Schema["Pair"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Class"]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_column_of_another_view_is_refused(string kind)
    {
        var view = Views.Of(kind, 3);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Number", NumberDataViewType.Single);
        builder.AddColumn("Other", view.Schema["Pair"].Type);
        var other = builder.ToSchema();

        Assert.All(other, column => Assert.StartsWith("a column must be one of this view's: expected Number, Pair, Class but got", Assert.Throws<ArgumentException>(() => view.GetRowCursor([column])).Message, StringComparison.Ordinal));
        using var cursor = view.GetRowCursor(view.Schema);
        Assert.Throws<ArgumentException>(() => cursor.IsColumnActive(other[1]));
        Assert.Throws<ArgumentNullException>(() => view.GetRowCursor(null!));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_getter_gave_stays_when_the_cursor_moves(string kind)
    {
        var view = Views.Of(kind, 3);
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Pair"]);
        VBuffer<float> first = default, second = default;

        cursor.MoveNext();
        getter(ref first);
        cursor.MoveNext();
        getter(ref second);

        Assert.Equal([0, 0], first.DenseValues());
        Assert.Equal([1, -1], second.DenseValues());
        var values = second.GetValues();
        getter(ref second);
        Assert.True(values == second.GetValues(), "a buffer that is long enough is used again");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_random_shuffles_and_an_identical_one_shuffles_alike(string kind)
    {
        var view = Views.Of(kind, RowCount);

        var shuffled = Views.Numbers(view, new Random(1));

        Assert.True(view.CanShuffle);
        Assert.NotEqual(Views.Numbers(view), shuffled);
        Assert.Equal(Views.Numbers(view), shuffled.Order());
        Assert.Equal(shuffled, Views.Numbers(view, new Random(1)));
        Assert.NotEqual(shuffled, Views.Numbers(view, new Random(2)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_row_has_one_identity_however_it_is_reached(string kind)
    {
        var view = Views.Of(kind, RowCount);
        var identities = Views.Rows(view).ToDictionary(row => row.Number, row => row.Id);

        Assert.Equal(RowCount, identities.Values.Distinct().Count());
        Assert.All(Views.Rows(view, new Random(3)), row => Assert.Equal(identities[row.Number], row.Id));
        Assert.All(Set(view, 4, new Random(3)).SelectMany(rows => rows), row => Assert.Equal(identities[row.Number], row.Id));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cursors_of_a_set_give_each_row_once_and_batches_restore_the_order(string kind)
    {
        var view = Views.Of(kind, RowCount);
        foreach (var n in new[] { 1, 2, 4, 7 })
        {
            foreach (var seed in new int?[] { null, 5 })
            {
                var expected = Views.Numbers(view, seed is { } first ? new Random(first) : null);

                var parts = Set(view, n, seed is { } again ? new Random(again) : null);

                Assert.Equal(n, parts.Length);
                Assert.All(parts, rows => Assert.Equal(rows.Select(row => row.Batch).Order(), rows.Select(row => row.Batch)));
                Assert.Equal(parts.Sum(rows => rows.Select(row => row.Batch).Distinct().Count()), parts.SelectMany(rows => rows).Select(row => row.Batch).Distinct().Count());
                Assert.Equal(expected, parts.SelectMany(rows => rows).OrderBy(row => row.Batch).Select(row => row.Number));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cursors_on_four_threads_give_each_row_once(string kind)
    {
        const int Many = 20_000;
        var view = Views.Of(kind, Many);
        for (var trial = 0; trial < 3; trial++)
        {
            var cursors = view.GetRowCursorSet([view.Schema["Number"]], 4, trial == 0 ? null : new Random(trial));
            // Threads of their own, whose exceptions come back here.
            var parts = await Task.WhenAll(cursors.Select(cursor => Task.Factory.StartNew(() =>
            {
                using (cursor) return Views.Rest(cursor).ConvertAll(row => row.Number);
            }, TaskCreationOptions.LongRunning)));

            Assert.Equal(Enumerable.Range(0, Many).Select(i => (long)i), parts.SelectMany(numbers => numbers).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Threads_may_open_cursors_of_their_own(string kind)
    {
        var view = Views.Of(kind, RowCount);
        var expected = Views.Numbers(view, new Random(1));

        Parallel.For(0, 8, _ => Assert.Equal(expected, Views.Numbers(view, new Random(1))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_view_without_rows_ends_at_once(string kind)
    {
        var view = Views.Of(kind, 0);

        Assert.Empty(Views.Rows(view));
        Assert.Empty(Views.Rows(view, new Random(1)));
        Assert.All(Set(view, 3, null), Assert.Empty);
    }

    [Theory]
    [InlineData("table", 1000L)]
    [InlineData("records", 1000L)]
    [InlineData("stream", 1000L)]
    [InlineData("endless stream", null)]
    public void The_number_of_rows_is_known_where_it_can_be(string kind, long? expected) => Assert.Equal(expected, Views.Of(kind, RowCount).GetRowCount());

    [Fact]
    public void A_set_has_no_more_cursors_than_rows_and_a_default_size()
    {
        var view = Views.Of("table", 3);

        Assert.Equal(3, view.GetRowCursorSet([], 50).Length);
        Assert.Equal(Math.Min(3, Environment.ProcessorCount), view.GetRowCursorSet([], 0).Length);
        Assert.InRange(Views.Of("endless stream", 3).GetRowCursorSet([], int.MaxValue).Length, 1, 16 * Environment.ProcessorCount);
    }

    private static List<(DataViewRowId Id, long Batch, long Number)>[] Set(IDataView view, int n, Random? random)
    {
        var cursors = view.GetRowCursorSet([view.Schema["Number"]], n, random);
        // In turns, so that each cursor of a set gets some of the rows.
        var parts = cursors.Select(_ => new List<(DataViewRowId, long, long)>()).ToArray();
        var getters = cursors.Select(cursor => (Id: cursor.GetIdGetter(), Number: cursor.GetGetter<long>(view.Schema["Number"]))).ToArray();
        for (var open = true; open;)
        {
            open = false;
            for (var i = 0; i < cursors.Length; i++)
            {
                if (!cursors[i].MoveNext()) continue;
                open = true;
                var (id, number) = (default(DataViewRowId), 0L);
                getters[i].Id(ref id);
                getters[i].Number(ref number);
                parts[i].Add((id, cursors[i].Batch, number));
            }
        }
        return parts;
    }
}
