using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Draws the lines, bands and marks of series.</summary>
internal static class LinePainter
{
    private const double MarkSpacing = 26;
    private const double MarkStagger = 9;
    private const double BandOpacity = 0.17;

    /// <summary>The line in pieces between gaps; a point between two gaps becomes a dot unless marks are drawn anyway. Points of a path, which may go back, are kept all.</summary>
    public static void Line(SvgCanvas canvas, Frame frame, LineSeries series, Paint paint, double width, LineDash dash, bool dots, bool everyPoint = false)
    {
        if (dash == LineDash.None) return;
        foreach (List<Point> run in Runs(series.Y.Count, i => frame.HasPlace(series.At(i), series.Y[i]), i => frame.At(series.At(i), series.Y[i])))
        {
            if (run.Count > 1) frame.Polyline(canvas, everyPoint ? run : Thinned(run), paint, width, dash);
            else if (dots && frame.Area.Contains(run[0])) canvas.Circle(run[0], 2.4, paint, null);
        }
    }

    /// <summary>The band between the edges, and its edges as thin lines.</summary>
    public static void Band(SvgCanvas canvas, Frame frame, LineSeries series, Paint paint)
    {
        double Floor(double low) => frame.Vertical.Kind == AxisScale.Log && low <= 0 ? frame.Vertical.Min : low;
        bool Has(int i) => frame.HasPlace(series.At(i), Floor(series.Low![i])) && frame.HasPlace(series.At(i), series.High![i]);
        List<List<Point>> lows = Runs(series.Y.Count, Has, i => frame.At(series.At(i), Floor(series.Low![i])));
        List<List<Point>> highs = Runs(series.Y.Count, Has, i => frame.At(series.At(i), series.High![i]));
        foreach ((List<Point> low, List<Point> high) in lows.Zip(highs))
        {
            if (low.Count == 1) low.Add(low[0] with { X = low[0].X + 1 });
            if (high.Count == 1) high.Add(high[0] with { X = high[0].X + 1 });
            List<Point> area = Clip.Polygon([.. Thinned(high), .. Thinned(low).AsEnumerable().Reverse()], frame.Area);
            if (area.Count > 2) canvas.Polygon(area, paint, null, BandOpacity);
            frame.Polyline(canvas, Thinned(high), paint, 0.6);
            frame.Polyline(canvas, Thinned(low), paint, 0.6);
        }
    }

    /// <summary>Marks at points, at some distance from each other; series start at different places so that marks of equal lines don't hide each other.</summary>
    public static void Marks(SvgCanvas canvas, Frame frame, LineSeries series, Paint paint, Marker marker, int place)
    {
        if (marker == Marker.None) return;
        bool dense = series.Y.Count > 2 && frame.Area.Width / series.Y.Count < MarkSpacing / 2;
        double free = dense ? frame.Area.Left + place * MarkStagger % MarkSpacing : double.NegativeInfinity;
        bool afterGap = true;
        for (int i = 0; i < series.Y.Count; i++)
        {
            if (!frame.HasPlace(series.At(i), series.Y[i]))
            {
                afterGap = true;
                continue;
            }

            Point at = frame.At(series.At(i), series.Y[i]);
            bool lonely = afterGap && (i + 1 == series.Y.Count || !frame.HasPlace(series.At(i + 1), series.Y[i + 1]));
            afterGap = false;
            if (!frame.Area.Contains(at) || (at.X < free && !lonely)) continue;
            Markers.Draw(canvas, marker, at, paint);
            free = at.X + (series.Dash == LineDash.None ? double.NegativeInfinity : MarkSpacing);
        }
    }

    /// <summary>The points between gaps.</summary>
    private static List<List<Point>> Runs(int count, Func<int, bool> has, Func<int, Point> at)
    {
        var runs = new List<List<Point>>();
        bool open = false;
        for (int i = 0; i < count; i++)
        {
            bool drawn = has(i);
            if (drawn && !open) runs.Add([]);
            if (drawn) runs[^1].Add(at(i));
            open = drawn;
        }

        return runs;
    }

    /// <summary>At most four points per pixel column (first, lowest, highest, last), which look the same as all of them.</summary>
    private static List<Point> Thinned(List<Point> points)
    {
        var thinned = new List<Point>();
        for (int start = 0; start < points.Count;)
        {
            int end = start + 1;
            while (end < points.Count && Math.Floor(points[end].X) == Math.Floor(points[start].X)) end++;
            int low = start, high = start;
            for (int i = start; i < end; i++)
            {
                if (points[i].Y < points[low].Y) low = i;
                if (points[i].Y > points[high].Y) high = i;
            }

            foreach (int kept in new SortedSet<int> { start, low, high, end - 1 }) thinned.Add(points[kept]);
            start = end;
        }

        return thinned;
    }
}
