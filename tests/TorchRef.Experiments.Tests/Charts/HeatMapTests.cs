using System.Text.RegularExpressions;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class HeatMapTests
{
    [Fact]
    public void Every_cell_has_the_colour_of_its_value()
    {
        string[,] colors = Colors(Heat(new double[,] { { 0, 1 }, { 1, 2 } }), 2, 2);
        Assert.Equal(ColorRamp.Sequential[0].Light, colors[0, 0]);
        Assert.Equal(ColorRamp.Sequential[ColorRamp.Sequential.Count / 2].Light, colors[0, 1]);
        Assert.Equal(colors[0, 1], colors[1, 0]);
        Assert.Equal(ColorRamp.Sequential[ColorRamp.Sequential.Count - 1].Light, colors[1, 1]);
    }

    [Fact]
    public void Zero_is_in_the_middle_of_a_diverging_scale()
    {
        HeatMap heat = Heat(new double[,] { { -1, 0, 4 } }) with { ColorAxis = new ColorAxis("") { Kind = ColorScaleKind.Diverging } };
        string[,] colors = Colors(heat, 1, 3);
        Assert.Equal(ColorRamp.Diverging[ColorRamp.Diverging.Count / 2].Light, colors[0, 1]);
        Assert.Equal(ColorRamp.Diverging[ColorRamp.Diverging.Count - 1].Light, colors[0, 2]);
        Assert.Equal(ColorRamp.Diverging[ColorRamp.Diverging.Step(0.375)].Light, colors[0, 0]);
    }

    [Fact]
    public void Negative_cells_are_dashed_and_missing_ones_crossed()
    {
        HeatMap signs = Heat(new double[,] { { -1, 1 }, { -0.9, -0.8 } }) with { ColorAxis = new ColorAxis("") { Kind = ColorScaleKind.Diverging } };
        Assert.Equal(3, Marks(signs, Paint.Background));
        Assert.Equal(0, Marks(Heat(new double[,] { { -1, 1 }, { -0.9, -0.8 } }), Paint.Background));
        Assert.Equal(4, Marks(Heat(new double[,] { { 1, double.NaN }, { 3, double.NegativeInfinity } }), Paint.Text));

        const int DashesOfTheScale = 2;
        static int Marks(HeatMap heat, Paint paint) => new SvgPicture(heat).Elements("path").Where(path => (string?)path.Attribute("stroke") == paint.Light).Sum(path => ((string)path.Attribute("d")!).Count(letter => letter == 'M'))
            - (heat.ColorAxis.Kind == ColorScaleKind.Diverging ? DashesOfTheScale : 0);
    }

    [Fact]
    public void One_wild_value_among_a_quarter_of_a_million_is_seen()
    {
        CellBlocks blocks = CellBlocks.Of(ChartSamples.Matrix(500, 500, (r, c) => (r, c) == (123, 321) ? -9 : 0.5), 160);
        Assert.Equal((4, 4, 125, 125), (blocks.BlockRows, blocks.BlockColumns, blocks.Rows, blocks.Columns));
        Assert.Equal(-9, blocks[30, 80]);
        Assert.Equal(0.5, blocks[30, 81]);
        var picture = new SvgPicture(ChartSamples.Hard["heat-500"]);
        picture.Text("500 × 500 values, drawn in blocks of 4 × 4; each block shows its value farthest from 0.");
        Assert.Contains(picture.Elements("path"), path => (string?)path.Attribute("fill") == ColorRamp.Diverging[0].Light && (string?)path.Attribute("d") == "M320 120h4v4h-4z");
    }

    [Fact]
    public void A_value_that_is_not_finite_shows_through_its_block()
    {
        CellBlocks blocks = CellBlocks.Of(ChartSamples.Matrix(200, 3, (r, c) => (r, c) == (199, 2) ? double.NaN : 1e9), 160);
        Assert.Equal((2, 1), (blocks.BlockRows, blocks.BlockColumns));
        Assert.True(double.IsNaN(blocks[99, 2]));
        Assert.Equal(1e9, blocks[98, 2]);
    }

    [Fact]
    public void The_first_row_is_on_top_and_with_limits_at_the_lower_end()
    {
        HeatMap heat = Heat(new double[,] { { 0 }, { 1 } });
        Assert.Equal(ColorRamp.Sequential[0].Light, Colors(heat, 2, 1)[0, 0]);
        Assert.Equal(ColorRamp.Sequential[ColorRamp.Sequential.Count - 1].Light, Colors(heat with { YAxis = new Axis("") { Min = 0, Max = 1 } }, 2, 1)[0, 0]);
    }

    [Fact]
    public void Panels_share_one_scale_of_colours()
    {
        var picture = new SvgPicture(new SmallMultiples { Title = "", Panels = [Heat(new double[,] { { 1, 2 } }), Heat(new double[,] { { 3, 5 } })] });
        picture.Text("5");
        Assert.Single(picture.Elements("path"), path => (string?)path.Attribute("fill") == ColorRamp.Sequential[ColorRamp.Sequential.Count - 1].Light && !IsBar(path));

        static bool IsBar(System.Xml.Linq.XElement path) => ((string)path.Attribute("d")!).StartsWith("M0 0h1v1", StringComparison.Ordinal) && ((string)path.Attribute("transform")!).Contains("scale(13 ");
    }

    private static HeatMap Heat(double[,] values) => new() { Title = "", ColorAxis = new ColorAxis(""), Values = values };

    /// <summary>Reads back which colour every cell is filled with; the scale of colours has another transform.</summary>
    private static string[,] Colors(HeatMap heat, int rows, int columns)
    {
        var colors = new string[rows, columns];
        foreach (var path in new SvgPicture(heat).Elements("path").Where(path => path.Attribute("shape-rendering") is not null && !((string)path.Attribute("transform")!).Contains("scale(13 ")))
        {
            foreach (Match run in Regex.Matches((string)path.Attribute("d")!, @"M(\d+) (\d+)h(\d+)v(\d+)h-\3z"))
            {
                for (int i = 0; i < int.Parse(run.Groups[3].Value); i++)
                {
                    Assert.Null(colors[int.Parse(run.Groups[2].Value), int.Parse(run.Groups[1].Value) + i]);
                    colors[int.Parse(run.Groups[2].Value), int.Parse(run.Groups[1].Value) + i] = (string)path.Attribute("fill")!;
                }
            }
        }

        return colors;
    }
}
