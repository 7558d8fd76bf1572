using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class ClipTests
{
    private static readonly Box Box = new(0, 0, 10, 10);

    [Fact]
    public void A_line_through_the_box_is_cut_on_both_sides() =>
        Assert.Equal((new Point(0, 5), new Point(10, 5)), Clip.Segment(new Point(-5, 5), new Point(20, 5), Box));

    [Fact]
    public void A_line_beside_the_box_is_gone()
    {
        Assert.Null(Clip.Segment(new Point(-5, -1), new Point(20, -1), Box));
        Assert.Null(Clip.Segment(new Point(-5, 4), new Point(4, -6), Box));
    }

    [Fact]
    public void A_line_along_the_border_stays_wherever_rounding_put_it()
    {
        Assert.NotNull(Clip.Segment(new Point(2, -1e-13), new Point(8, -1e-13), Box));
        Assert.NotNull(Clip.Segment(new Point(10 + 1e-13, 2), new Point(10 + 1e-13, 8), Box));
    }

    [Fact]
    public void A_line_that_leaves_and_comes_back_has_two_parts()
    {
        List<List<Point>> parts = Clip.Polyline([new(5, 5), new(15, 5), new(15, 8), new(5, 8)], Box);
        Assert.Equal([[new(5, 5), new(10, 5)], [new(10, 8), new(5, 8)]], parts);
    }

    [Fact]
    public void Inner_points_of_a_line_stay_in_one_part() =>
        Assert.Equal([new(1, 1), new(2, 5), new(9, 9)], Assert.Single(Clip.Polyline([new(1, 1), new(2, 5), new(9, 9)], Box)));

    [Fact]
    public void An_area_is_cut_to_its_part_inside()
    {
        List<Point> part = Clip.Polygon([new(-5, -5), new(5, -5), new(5, 5), new(-5, 5)], Box);
        Assert.Equal(25, Math.Abs(Enumerable.Range(0, part.Count).Sum(i => part[i].X * part[(i + 1) % part.Count].Y - part[(i + 1) % part.Count].X * part[i].Y)) / 2);
        Assert.Empty(Clip.Polygon([new(20, 20), new(30, 20), new(30, 30)], Box));
    }
}
