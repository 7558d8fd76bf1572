using TorchRef.Interop.DataViews;

namespace TorchRef.Interop.Tests.DataViews;

public sealed class SeriesTableTests
{
    private static readonly NamedSeries s_loss = new("first", "loss", [0.5, 0.25, 0.125]), s_accuracy = new("first", "accuracy", [0.75]);

    [Fact]
    public void A_long_table_has_a_row_for_each_number()
    {
        using var view = SeriesTable.Long([s_loss, s_accuracy, new NamedSeries("second", "loss", [])]);

        Assert.Equal(["Run: String", "Series: String", "Step: Int64", "Value: Double"], view.Schema.Select(column => column.ToString()));
        Assert.Equal(["first", "first", "first", "first"], view.ToStrings("Run"));
        Assert.Equal(["loss", "loss", "loss", "accuracy"], view.ToStrings("Series"));
        Assert.Equal([0L, 1, 2, 0], view.ToTensor("Step").data<long>().ToArray());
        Assert.Equal([0.5, 0.25, 0.125, 0.75], view.ToTensor("Value").data<double>().ToArray());
    }

    [Fact]
    public void A_wide_table_has_a_column_for_each_series()
    {
        using var view = SeriesTable.Wide([s_loss, s_accuracy]);

        Assert.Equal(["Step: Int64", "loss: Double", "accuracy: Double"], view.Schema.Select(column => column.ToString()));
        Assert.Equal([0L, 1, 2], view.ToTensor("Step").data<long>().ToArray());
        Assert.Equal([0.75, double.NaN, double.NaN], view.ToTensor("accuracy").data<double>().ToArray());
    }

    [Fact]
    public void Nothing_is_a_long_table_without_rows_and_no_wide_one()
    {
        using var view = SeriesTable.Long([]);

        Assert.Equal(0, view.GetRowCount());
        Assert.Throws<ArgumentException>(() => SeriesTable.Wide([]));
        Assert.Contains("loss twice", Assert.Throws<ArgumentException>(() => SeriesTable.Wide([s_loss, s_loss])).Message, StringComparison.Ordinal);
        Assert.Contains("Step twice", Assert.Throws<ArgumentException>(() => SeriesTable.Wide([new NamedSeries("", "Step", [1])])).Message, StringComparison.Ordinal);
    }
}
