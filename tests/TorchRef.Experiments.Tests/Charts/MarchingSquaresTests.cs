using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Contours;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class MarchingSquaresTests
{
    [Fact]
    public void A_cone_has_circles()
    {
        List<Point> circle = Assert.Single(MarchingSquares.Lines(FunctionGrid.Of((x, y) => Math.Sqrt(x * x + y * y), (-2, 2), (-2, 2), 201), 1));
        Assert.Equal(circle[0], circle[^1]);
        Assert.All(circle, point => Assert.Equal(1, Math.Sqrt(point.X * point.X + point.Y * point.Y), 1e-3));
        Assert.True(circle.Max(point => point.X) > 0.99 && circle.Min(point => point.X) < -0.99 && circle.Max(point => point.Y) > 0.99 && circle.Min(point => point.Y) < -0.99);
    }

    [Fact]
    public void A_plane_has_one_straight_line_from_border_to_border()
    {
        List<Point> line = Assert.Single(MarchingSquares.Lines(FunctionGrid.Of((x, y) => 3 * x + 2 * y, (0, 1), (0, 1), 11), 2.3));
        Assert.All(line, point => Assert.Equal(2.3, 3 * point.X + 2 * point.Y, 1e-12));
        Assert.All([line[0], line[^1]], end => Assert.True(end.X is 0 or 1 || end.Y is 0 or 1));
        Assert.All(line.Zip(line.Skip(1)), pair => Assert.True(Math.Abs(pair.First.X - pair.Second.X) < 0.11 && Math.Abs(pair.First.Y - pair.Second.Y) < 0.11));
    }

    [Fact]
    public void A_saddle_parts_by_the_mean_of_its_corners()
    {
        // High at two opposite corners; the mean, 0.5, lies on either side of the levels.
        var saddle = new FunctionGrid { X = [0, 1], Y = [0, 1], Values = new double[,] { { 1, 0 }, { 0, 1 } } };
        Assert.Equal(Corners((1, 0), (0, 1)), Corners(MarchingSquares.Lines(saddle, 0.4)));
        Assert.Equal(Corners((0, 0), (1, 1)), Corners(MarchingSquares.Lines(saddle, 0.6)));

        // The corner that each piece cuts off is the one nearest to its middle.
        static (int, int)[] Corners(params object[] any) => any is [List<List<Point>> lines]
            ? [.. lines.Select(line => ((int)Math.Round(line.Average(point => point.X)), (int)Math.Round(line.Average(point => point.Y)))).Order()]
            : [.. any.Cast<(int, int)>().Order()];
    }

    [Fact]
    public void A_level_at_a_value_of_the_grid_breaks_no_line()
    {
        List<Point> ring = Assert.Single(MarchingSquares.Lines(FunctionGrid.Of((x, y) => Math.Max(Math.Abs(x), Math.Abs(y)), (-2, 2), (-2, 2), 5), 1));
        Assert.Equal(ring[0], ring[^1]);
    }

    [Fact]
    public void Two_hills_have_two_rings_and_no_level_has_none()
    {
        FunctionGrid hills = FunctionGrid.Of((x, y) => Math.Exp(-((x - 1) * (x - 1)) - y * y) + Math.Exp(-((x + 1) * (x + 1)) - y * y), (-3, 3), (-2, 2), 101);
        Assert.Equal(2, MarchingSquares.Lines(hills, 0.9).Count);
        Assert.Single(MarchingSquares.Lines(hills, 0.5));
        Assert.Empty(MarchingSquares.Lines(hills, 7));
    }

    [Fact]
    public void Squares_with_a_value_that_is_not_finite_have_no_line() =>
        Assert.All(
            MarchingSquares.Lines(FunctionGrid.Of((x, y) => x < 0.5 ? double.NaN : y, (0, 1), (0, 1), 11), 0.55),
            line => Assert.All(line, point => Assert.True(point.X >= 0.5 && double.IsFinite(point.Y))));

    [Fact]
    public void A_chart_labels_its_lines_and_says_when_there_is_none()
    {
        var picture = new SvgPicture(ChartSamples.Ordinary["contours"]);
        Assert.All((string[])["5", "10", "15"], level => Assert.Contains(picture.Texts, text => text.Text == level && text.FontSize == 10));
        new SvgPicture(ChartSamples.Hard["contours-constant"]).Text("No line: all values lie from 1 to 1, none of the levels between them.");
    }
}
