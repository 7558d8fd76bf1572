namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Fills for bars that differ without colour.</summary>
internal static class Hatching
{
    private const double Spacing = 5;

    /// <summary>How many fills there are before they repeat; together with the colours they repeat later.</summary>
    public const int Count = 7;

    /// <summary>Fills a box with the pattern of this index: 0 is solid, 2 is empty, the others are lines.</summary>
    public static void Fill(SvgCanvas canvas, Box box, int index, Paint paint)
    {
        int pattern = index % Count;
        canvas.Rectangle(box, pattern == 0 ? paint : Paint.Background, paint, 1.2);
        if (pattern is 1 or 5) canvas.Segments(Lines(box, 1, 1), paint, 1.1);
        if (pattern is 3 or 5) canvas.Segments(Lines(box, 1, -1), paint, 1.1);
        if (pattern is 4) canvas.Segments(Lines(box, 0, 1), paint, 1.1);
        if (pattern is 6) canvas.Segments(Lines(box, 1, 0), paint, 1.1);
    }

    /// <summary>Parallel lines a·x + b·y = constant, cut at the box and lined up over all boxes.</summary>
    private static IEnumerable<(Point From, Point To)> Lines(Box box, double a, double b)
    {
        ReadOnlySpan<double> corners = [a * box.Left + b * box.Top, a * box.Right + b * box.Top, a * box.Left + b * box.Bottom, a * box.Right + b * box.Bottom];
        double low = corners[0], high = corners[0], reach = box.Width + box.Height;
        foreach (double corner in corners) (low, high) = (Math.Min(low, corner), Math.Max(high, corner));
        double step = Spacing * Math.Sqrt(a * a + b * b);
        var lines = new List<(Point, Point)>();
        for (double level = Math.Ceiling(low / step) * step; level < high; level += step)
        {
            Point on = b == 0 ? new Point(level / a, box.CentreY) : new Point(box.CentreX, (level - a * box.CentreX) / b);
            if (Clip.Segment(new Point(on.X - b * reach, on.Y + a * reach), new Point(on.X + b * reach, on.Y - a * reach), box) is (Point from, Point to))
                lines.Add((from, to));
        }

        return lines;
    }
}
