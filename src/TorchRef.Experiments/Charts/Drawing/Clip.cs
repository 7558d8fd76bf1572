namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Cuts lines and areas at the border of a box.</summary>
internal static class Clip
{
    /// <summary>A line along the border is inside, wherever rounding put it.</summary>
    private const double Hair = 1e-6;

    /// <summary>The parts of a line inside the box, in order.</summary>
    public static List<List<Point>> Polyline(IReadOnlyList<Point> line, Box box)
    {
        var parts = new List<List<Point>>();
        List<Point>? part = null;
        for (int i = 1; i < line.Count; i++)
        {
            if (Segment(line[i - 1], line[i], box) is not (Point from, Point to))
            {
                part = null;
                continue;
            }

            if (part is null || part[^1] != from) parts.Add(part = [from]);
            part.Add(to);
        }

        return parts;
    }

    /// <summary>The part of a straight line inside the box (Liang and Barsky), or null.</summary>
    public static (Point From, Point To)? Segment(Point from, Point to, Box box)
    {
        double start = 0, end = 1, dx = to.X - from.X, dy = to.Y - from.Y;
        ReadOnlySpan<(double Toward, double Room)> borders =
            [(-dx, from.X - box.Left), (dx, box.Right - from.X), (-dy, from.Y - box.Top), (dy, box.Bottom - from.Y)];
        foreach ((double toward, double room) in borders)
        {
            if (toward == 0 && room < -Hair) return null;
            if (toward < 0) start = Math.Max(start, room / toward);
            if (toward > 0) end = Math.Min(end, room / toward);
        }

        if (start > end) return null;
        return (start == 0 ? from : new Point(from.X + start * dx, from.Y + start * dy), end == 1 ? to : new Point(from.X + end * dx, from.Y + end * dy));
    }

    /// <summary>The part of an area inside the box (Sutherland and Hodgman); empty when nothing is inside.</summary>
    public static List<Point> Polygon(IReadOnlyList<Point> area, Box box)
    {
        List<Point> rest = [.. area];
        rest = Cut(rest, point => point.X - box.Left);
        rest = Cut(rest, point => box.Right - point.X);
        rest = Cut(rest, point => point.Y - box.Top);
        return Cut(rest, point => box.Bottom - point.Y);
    }

    private static List<Point> Cut(List<Point> area, Func<Point, double> depth)
    {
        var inside = new List<Point>(area.Count + 4);
        for (int i = 0; i < area.Count; i++)
        {
            Point from = area[i], to = area[(i + 1) % area.Count];
            double fromDepth = depth(from), toDepth = depth(to);
            if (fromDepth >= 0) inside.Add(from);
            if (fromDepth >= 0 == toDepth >= 0) continue;
            double part = fromDepth / (fromDepth - toDepth);
            inside.Add(new Point(from.X + part * (to.X - from.X), from.Y + part * (to.Y - from.Y)));
        }

        return inside;
    }
}
