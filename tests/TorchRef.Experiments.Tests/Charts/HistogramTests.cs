using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class HistogramTests
{
    [Fact]
    public void Every_value_is_counted_once()
    {
        HistogramBins bins = HistogramBins.Of([0, 0.25, 0.5, 0.75, 1, -0.001, 1.001, double.NaN, double.PositiveInfinity], 0, 1, 4);
        Assert.Equal([1L, 1, 1, 2], bins.Counts);
        Assert.Equal((2, 2), (bins.Outside, bins.NotFinite));
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], bins.Edges);
    }

    [Fact]
    public void A_value_on_an_edge_that_has_no_exact_double_falls_above_it()
    {
        foreach (int bins in (int[])[3, 7, 10, 49, 100])
        {
            foreach ((double low, double high) in ((double, double)[])[(0, 1), (-3, 3), (0.1, 0.7)])
            {
                HistogramBins counted = HistogramBins.Of(HistogramBins.Of([], low, high, bins).Edges.SkipLast(1), low, high, bins);
                Assert.All(counted.Counts, count => Assert.Equal(1, count));
            }
        }
    }

    [Fact]
    public void Bars_are_as_high_as_their_counts()
    {
        var chart = new Histogram { Title = "", XAxis = new Axis(""), YAxis = new Axis("") { Max = 4 }, Bins = new HistogramBins { Edges = [0, 1, 2], Counts = [1, 4] } };
        var picture = new SvgPicture(chart);
        Box plot = picture.Plot;
        Point[] outline = SvgPicture.Points(Assert.Single(picture.Elements("polygon")));
        Assert.Contains(outline, point => Math.Abs(point.X - plot.CentreX) < 0.02 && Math.Abs(point.Y - (plot.Bottom - plot.Height / 4)) < 0.02);
        Assert.Contains(outline, point => Math.Abs(point.X - plot.Right) < 0.02 && Math.Abs(point.Y - plot.Top) < 0.02);
    }

    [Fact]
    public void Shares_are_of_all_values_with_those_that_have_no_bin()
    {
        var chart = new Histogram { Title = "", XAxis = new Axis(""), YAxis = new Axis("share") { Max = 50 }, AsShare = true, Bins = new HistogramBins { Edges = [0, 1], Counts = [5], Outside = 4, NotFinite = 1 } };
        var picture = new SvgPicture(chart);
        Assert.Equal(picture.Plot.Top, SvgPicture.Points(Assert.Single(picture.Elements("polygon"))).Min(point => point.Y), 0.02);
        picture.Text("4 outside the bins, 1 not finite, of 10 values.");
    }
}
