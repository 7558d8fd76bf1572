using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class BarAndRangeChartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bars_start_at_zero_and_are_as_long_as_their_values(bool lying)
    {
        double[] lengths = [.. Bars(Chart([1, 2, -4]) with { Horizontal = lying }).Select(bar => lying ? bar.Width : bar.Height)];
        Assert.Equal(2, lengths[1] / lengths[0], 0.01);
        Assert.Equal(4, lengths[2] / lengths[0], 0.01);
        Assert.Equal(0, Bars(Chart([0])).Single().Height);
    }

    [Fact]
    public void Bars_of_a_group_stand_beside_each_other()
    {
        Box[] bars = [.. Bars(Chart([1, 2]) with { Series = [new BarSeries("a", [1, 2]), new BarSeries("b", [2, 1]), new BarSeries("c", [3, 1])] })];
        Assert.Equal(6, bars.Length);
        for (int i = 0; i < 6; i++) Assert.DoesNotContain(bars.Skip(i + 1), other => other.Overlaps(bars[i].Grown(-0.7)));
    }

    [Fact]
    public void Whiskers_end_where_they_should_and_limits_hold_them()
    {
        BarChart chart = Chart([1]) with { ValueAxis = new Axis("") { Min = 0, Max = 2 }, Series = [new BarSeries("a", [1]) { Low = [0.5], High = [7] }] };
        var picture = new SvgPicture(chart);
        string whisker = (string)picture.Elements("path").Last(path => (string?)path.Attribute("stroke") == Paint.Text.Light).Attribute("d")!;
        Box plot = picture.Plot;
        Assert.Contains(FormattableString.Invariant($" {plot.Bottom - plot.Height / 4:0.##}L"), whisker, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($" {plot.Top:0.##}L"), whisker, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_run_from_end_to_end_and_carry_their_mark()
    {
        var picture = new SvgPicture(new RangeChart { Title = "", ValueAxis = new Axis("") { Min = 0, Max = 4 }, Rows = [new RangeRow("first", 0, 4), new RangeRow("second", 1, 2) { Mark = 1.5 }] });
        Box plot = picture.Plot;
        double[][] ranges = [.. picture.Elements("line").Where(line => (string?)line.Attribute("stroke-width") == "4").Select(line => (double[])[SvgPicture.Number(line, "x1"), SvgPicture.Number(line, "x2"), SvgPicture.Number(line, "y1")])];
        Assert.Equal([plot.Left + plot.Width / 4, plot.CentreX], ranges[^1][..2], (a, b) => Math.Abs(a - b) < 0.02);
        Assert.True(ranges[^2][2] < ranges[^1][2]);
        Assert.Equal(plot.Left + 1.5 / 4 * plot.Width, SvgPicture.Points(picture.Elements("polygon").Last()).Average(point => point.X), 0.02);
    }

    private static BarChart Chart(double[] values) =>
        new() { Title = "", Categories = [.. values.Select((_, i) => $"{i}")], ValueAxis = new Axis(""), Series = [new BarSeries("a", values)] };

    private static IEnumerable<Box> Bars(BarChart chart) => from rectangle in new SvgPicture(chart).Elements("rect").Skip(1)
                                                            where (string?)rectangle.Attribute("width") != "18"
                                                            select new Box(SvgPicture.Number(rectangle, "x"), SvgPicture.Number(rectangle, "y"), SvgPicture.Number(rectangle, "width"), SvgPicture.Number(rectangle, "height"));
}
