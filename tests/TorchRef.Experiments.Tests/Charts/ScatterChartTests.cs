using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class ScatterChartTests
{
    [Fact]
    public void Points_stand_at_their_logarithms_in_the_colours_of_their_values()
    {
        var axis = new Axis("") { Scale = AxisScale.Log, Min = 1e-4, Max = 1 };
        var picture = new SvgPicture(new ScatterChart
        {
            Title = "",
            XAxis = axis,
            YAxis = axis,
            ColorAxis = new ColorAxis(""),
            Series = [new ScatterSeries("a", [1e-4, 1e-2, 1], [1e-4, 1e-3, 1]) { Values = [0, 5, 10] }],
        });
        var points = picture.Elements("circle").ToArray();
        Assert.Equal(3, points.Length);
        Assert.Equal(picture.Plot.CentreX, SvgPicture.Number(points[1], "cx"), 0.02);
        Assert.Equal(picture.Plot.Bottom - picture.Plot.Height / 4, SvgPicture.Number(points[1], "cy"), 0.02);
        Assert.Equal([ColorRamp.Sequential[0].Light, ColorRamp.Sequential[16].Light, ColorRamp.Sequential[ColorRamp.Sequential.Count - 1].Light], points.Select(point => (string?)point.Attribute("fill")));
    }

    [Fact]
    public void Missing_places_are_counted_and_missing_colours_are_empty()
    {
        var picture = new SvgPicture(ChartSamples.Hard["scatter-nan"]);
        picture.Text("Not shown: 1 value not finite (NaN or infinite); 1 value of 0 or below on a logarithmic scale.");
        Assert.Single(picture.Elements("circle"), point => (string?)point.Attribute("fill") == Paint.Background.Light);
        Assert.Equal(2, picture.Elements("circle").Count());
    }

    [Fact]
    public void Kinds_of_points_differ_in_their_marks()
    {
        var picture = new SvgPicture(ChartSamples.Ordinary["scatter-kinds"]);
        Assert.Equal(26, picture.Elements("circle").Count());
        Assert.Equal([3, 4], picture.Elements("polygon").Select(mark => SvgPicture.Points(mark).Length).Distinct().Order());
    }
}
