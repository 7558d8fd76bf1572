using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class LineChartTests
{
    private static readonly Axis Unit = new("") { Min = 0, Max = 1 };

    [Fact]
    public void Points_stand_where_the_axes_say()
    {
        var picture = new SvgPicture(Chart(new LineSeries("a", [0, 0.5, 1]) { X = [0, 0.25, 1] }));
        Box plot = picture.Plot;
        Point[] line = Assert.Single(picture.Lines(0));
        Assert.Equal([new Point(plot.Left, plot.Bottom), new Point(plot.Left + plot.Width / 4, plot.CentreY), new Point(plot.Right, plot.Top)], line, Near);
        PlacedText number = picture.Texts.Single(text => text.Text is "0.4" && text.X < plot.Left);
        Assert.Equal(plot.Bottom - 0.4 * plot.Height, number.Corners.Average(corner => corner.Y), 0.02);
    }

    [Fact]
    public void A_logarithmic_axis_gives_every_decade_the_same_room()
    {
        var picture = new SvgPicture(Chart(new LineSeries("a", [1, 10, 100])) with { YAxis = new Axis("") { Scale = AxisScale.Log, Min = 1, Max = 100 }, XAxis = new Axis("") });
        Assert.Equal(picture.Plot.CentreY, Assert.Single(picture.Lines(0))[1].Y, 0.02);
    }

    [Fact]
    public void Values_that_are_not_finite_leave_gaps_and_are_counted()
    {
        var picture = new SvgPicture(ChartSamples.Hard["gaps"]);
        Assert.Equal([2, 2], picture.Lines(0).Select(line => line.Length));
        Assert.Equal(2, picture.Elements("circle").Count());
        picture.Text("Not shown: 3 values not finite (NaN or infinite).");
    }

    [Fact]
    public void Values_without_a_logarithm_leave_gaps_and_are_counted()
    {
        var picture = new SvgPicture(ChartSamples.Hard["negative-log"]);
        Assert.Equal(2, Assert.Single(picture.Lines(0), line => line[0].X > picture.Plot.Left).Length);
        picture.Text("Not shown: 2 values of 0 or below on a logarithmic scale.");
        picture.Text("Bands that reach 0 or below run to the lower edge of the logarithmic axis.");
        Assert.Equal(picture.Plot.Bottom, SvgPicture.Points(Assert.Single(picture.Elements("polygon"), shape => shape.Attribute("fill-opacity") is not null)).Max(point => point.Y), 0.02);
    }

    [Fact]
    public void A_complete_chart_has_no_note()
    {
        var picture = new SvgPicture(ChartSamples.Ordinary["line-ends"]);
        Assert.DoesNotContain(picture.Texts, text => text.Text.StartsWith("Not shown", StringComparison.Ordinal));
    }

    [Fact]
    public void Limits_cut_a_line_where_it_crosses_them()
    {
        var picture = new SvgPicture(Chart(new LineSeries("a", [-1, 2, -1]) { X = [0, 0.5, 1] }));
        Box plot = picture.Plot;
        Point[][] parts = picture.Lines(0);
        Assert.Equal(2, parts.Length);
        Assert.Equal([new Point(plot.Left + plot.Width / 6, plot.Bottom), new Point(plot.Left + plot.Width / 3, plot.Top)], parts[0], Near);
    }

    [Fact]
    public void A_band_reaches_from_edge_to_edge()
    {
        var picture = new SvgPicture(Chart(new LineSeries("a", [0.5, 0.5]) { X = [0, 1], Low = [0.25, 0.25], High = [0.75, 1] }));
        Box plot = picture.Plot;
        Point[] band = SvgPicture.Points(Assert.Single(picture.Elements("polygon")));
        Assert.Equal(plot.Top + 0.75 * plot.Height, band.Max(point => point.Y), 0.02);
        Assert.Equal(plot.Top, band.Min(point => point.Y), 0.02);
    }

    [Fact]
    public void The_mean_of_runs_has_a_band_of_one_standard_deviation()
    {
        LineSeries series = LineSeries.OfRuns("a", [[1, 2], [3, 2], [5, double.NaN]]);
        Assert.Equal(3, series.Y[0]);
        Assert.Equal((1, 5), (series.Low![0], series.High![0]));
        Assert.True(double.IsNaN(series.Y[1]));
        Assert.Null(LineSeries.OfRuns("a", [[1, 2]]).Low);
    }

    [Fact]
    public void Lines_without_colours_differ_in_dashes_and_marks()
    {
        var picture = new SvgPicture(Chart(new LineSeries("a", [0, 1]), new LineSeries("b", [1, 0])));
        Assert.NotEqual(Dashes(0), Dashes(1));
        Assert.NotEmpty(picture.Elements("circle"));
        Assert.NotEmpty(picture.Elements("polygon"));

        string?[] Dashes(int series) => [.. picture.Elements("polyline").Where(line => (string?)line.Attribute("stroke") == Paint.Series(series).Light).Select(line => (string?)line.Attribute("stroke-dasharray")).Distinct()];
    }

    [Fact]
    public void What_a_series_asks_for_it_gets()
    {
        var picture = new SvgPicture(Chart(new LineSeries("a", [0, 1]), new LineSeries("b", [1, 0]) { Color = 3, Dash = LineDash.LongDash, Marker = Marker.None }));
        Assert.All(picture.Elements("polyline").Where(line => (string?)line.Attribute("stroke") == Paint.Series(3).Light), line => Assert.Equal("13 4", (string?)line.Attribute("stroke-dasharray")));
        Assert.Equal(2, picture.Lines(3).Length);
        Assert.Empty(picture.Elements("polygon"));
    }

    [Fact]
    public void A_line_alone_needs_no_legend_and_an_empty_one_says_so()
    {
        Assert.DoesNotContain(new SvgPicture(Chart(new LineSeries("alone", [0, 1]))).Texts, text => text.Text == "alone");
        new SvgPicture(ChartSamples.Hard["one-empty"]).Text("gone (no values)");
        new SvgPicture(ChartSamples.Hard["all-nan"]).Text("no values to show");
        new SvgPicture(ChartSamples.Hard["all-cut"]).Text("all values lie beyond the limits of the axes");
    }

    [Fact]
    public void Names_at_line_ends_stand_in_the_order_of_the_ends()
    {
        var picture = new SvgPicture(ChartSamples.Hard["ten-line-ends"]);
        double[] heights = [.. Enumerable.Range(0, 10).Select(i => picture.Text($"series number {i}").Y)];
        Assert.Equal(heights.OrderDescending(), heights);
        Assert.All(heights, y => Assert.InRange(y, picture.Plot.Top, picture.Plot.Bottom));
    }

    [Fact]
    public void Names_without_room_at_the_ends_move_into_a_legend()
    {
        var picture = new SvgPicture(ChartSamples.Hard["line-ends-too-low"]);
        Assert.All(Enumerable.Range(0, 10), i => Assert.True(picture.Text($"series number {i}").Y < picture.Plot.Top));
    }

    [Fact]
    public void A_hundred_thousand_points_become_few_and_keep_their_extremes()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => i == 77_777 ? 1.0 : 0.5)];
        var picture = new SvgPicture(Chart(new LineSeries("a", values)) with { XAxis = new Axis("") });
        Point[] line = Assert.Single(picture.Lines(0));
        Assert.InRange(line.Length, 100, 4 * 720);
        Assert.Equal(picture.Plot.Top, line.Min(point => point.Y), 0.02);
    }

    private static LineChart Chart(params LineSeries[] series) => new() { Title = "", XAxis = Unit, YAxis = Unit, Series = series };

    private static bool Near(Point one, Point other) => Math.Abs(one.X - other.X) < 0.02 && Math.Abs(one.Y - other.Y) < 0.02;
}
