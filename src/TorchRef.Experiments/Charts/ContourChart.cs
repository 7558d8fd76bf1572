using TorchRef.Experiments.Charts.Contours;
using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Lines of equal height of a function of two variables, with the ways of optimisers over them.</summary>
public sealed record ContourChart : PanelChart
{
    private const int WantedLevels = 10;
    private const double LineWidth = 1.7;
    private const double PathRoom = 5;

    /// <summary>The function.</summary>
    public required FunctionGrid Function { get; init; }

    /// <summary>The horizontal axis; it ends with the grid unless it has limits.</summary>
    public Axis XAxis { get; init; } = new("x");

    /// <summary>The vertical axis; it ends with the grid unless it has limits.</summary>
    public Axis YAxis { get; init; } = new("y");

    /// <summary>Heights of the lines, rising; null, the default, for about ten round ones.</summary>
    public IReadOnlyList<double>? Levels { get; init; }

    /// <summary>Whether heights that are chosen lie at equal ratios rather than differences; linear by default.</summary>
    public AxisScale LevelScale { get; init; } = AxisScale.Linear;

    /// <summary>The ways; a ring marks the start of each. None by default.</summary>
    public IReadOnlyList<ContourPath> Paths { get; init; } = [];

    /// <summary>Where the lowest point is, marked with a cross; null, the default, for no mark.</summary>
    public (double X, double Y)? Minimum { get; init; }

    internal override string Kind => "Contour lines";

    internal override IReadOnlyList<string> SeriesNames => [.. Paths.Select(path => path.Name)];

    internal override AxisNeed HorizontalNeed => new(XAxis, DataRange.Of([Function.X[0], Function.X[^1]], XAxis.Scale), AxisPadding.None);

    internal override AxisNeed VerticalNeed => new(YAxis, DataRange.Of([Function.Y[0], Function.Y[^1]], YAxis.Scale), AxisPadding.None);

    internal override Gaps Gaps => Gaps.Of(Function.Values.Cast<double>(), AxisScale.Linear)
        + Paths.Aggregate(default(Gaps), (sum, path) => sum + Gaps.Of(path.X, XAxis.Scale) + Gaps.Of(path.Y, YAxis.Scale));

    internal override IReadOnlyList<string> Notes
    {
        get
        {
            DataRange range = DataRange.Of(Function.Values.Cast<double>(), AxisScale.Linear);
            if (range.IsEmpty || (Levels ?? Chosen()).Any(level => level > range.Min && level <= range.Max)) return MarkNotes;
            return [$"No line: all values lie from {NumberText.Short(range.Min)} to {NumberText.Short(range.Max)}, none of the levels between them.", .. MarkNotes];
        }
    }

    private IReadOnlyList<string> MarkNotes => (Paths.Count > 0, Minimum is not null) switch
    {
        (true, true) => ["A ring marks the start of each path, a slanting cross the minimum."],
        (true, false) => ["A ring marks the start of each path."],
        (false, true) => ["A slanting cross marks the minimum."],
        _ => [],
    };

    internal override void Check()
    {
        Function.Check();
        base.Check();
        Lengths.CheckNames(SeriesNames);
        foreach (ContourPath path in Paths) path.Check();
        for (int i = 1; i < Levels?.Count; i++)
        {
            if (!(Levels[i] > Levels[i - 1])) throw new ArgumentException($"Levels rise: expected one above {NumberText.Exact(Levels[i - 1])} but got {NumberText.Exact(Levels[i])}.");
        }
    }

    internal override IReadOnlyList<LegendItem> Legend(SeriesStyles styles) => [.. Paths.Select(path => new LegendItem(path.Name, styles.PaintOf(path.Name))
    {
        Dash = styles.DashOf(path.Name),
        Marker = styles.MarkerOf(path.Name, styles.Count < 2 ? Marker.Circle : null),
        LineWidth = LineWidth,
        IsEmpty = path.X.Count == 0,
    })];

    internal override void DrawInside(SvgCanvas canvas, Frame frame)
    {
        IReadOnlyList<double> levels = Levels ?? Chosen();
        var taken = new List<Box>();
        foreach (ContourPath path in Paths) taken.AddRange(Along(path, frame).Select(at => new Box(at.X, at.Y, 0, 0).Grown(PathRoom)));
        if (Minimum is (double mx, double my)) taken.Add(new Box(frame.X(mx) - 7, frame.Y(my) - 7, 14, 14));
        var labels = new ContourLabels(frame.Area, taken);
        foreach ((double level, int i) in levels.Select((level, i) => (level, i)))
        {
            // The lowest levels keep some distance from the ground.
            Paint paint = ColorRamp.Sequential[ColorRamp.Sequential.Step(0.35 + 0.5 * (i + 0.5) / levels.Count)];
            foreach (List<Point> line in MarchingSquares.Lines(Function, level))
            {
                List<Point> onScreen = [.. line.Select(point => frame.At(point.X, point.Y))];
                frame.Polyline(canvas, onScreen, paint, 1.1);
                labels.Add(onScreen, NumberText.Short(level));
            }
        }

        labels.Draw(canvas);
        foreach (ContourPath path in Paths) DrawPath(canvas, frame, path);
        if (Minimum is (double x, double y) && frame.HasPlace(x, y) && frame.Area.Contains(frame.At(x, y))) Markers.Draw(canvas, Marker.Cross, frame.At(x, y), Paint.Text, 5);
    }

    private void DrawPath(SvgCanvas canvas, Frame frame, ContourPath path)
    {
        Paint paint = frame.Styles.PaintOf(path.Name);
        Marker marker = frame.Styles.MarkerOf(path.Name, frame.Styles.Count < 2 ? Marker.Circle : null);
        LinePainter.Line(canvas, frame, path.AsSeries, paint, LineWidth, frame.Styles.DashOf(path.Name), false, everyPoint: true);
        foreach (Point at in Steps(path, frame)) Markers.Draw(canvas, marker, at, paint, 2.8);
        if (path.X.Count > 0 && frame.HasPlace(path.X[0], path.Y[0]) && frame.Area.Contains(frame.At(path.X[0], path.Y[0])))
            canvas.Circle(frame.At(path.X[0], path.Y[0]), 6.5, null, Paint.Text, 1.3);
    }

    private static IEnumerable<Point> Steps(ContourPath path, Frame frame) =>
        Enumerable.Range(0, path.X.Count).Where(i => frame.HasPlace(path.X[i], path.Y[i])).Select(i => frame.At(path.X[i], path.Y[i])).Where(frame.Area.Contains);

    /// <summary>Places on a path, close enough that no label fits between them.</summary>
    private static IEnumerable<Point> Along(ContourPath path, Frame frame)
    {
        Point[] steps = [.. Enumerable.Range(0, path.X.Count).Where(i => frame.HasPlace(path.X[i], path.Y[i])).Select(i => frame.At(path.X[i], path.Y[i]))];
        for (int step = 0; step < steps.Length; step++)
        {
            if (Clip.Segment(steps[Math.Max(step - 1, 0)], steps[step], frame.Area) is not (Point from, Point to)) continue;
            int pieces = 1 + (int)(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)) / PathRoom);
            for (int i = 0; i <= pieces; i++) yield return new Point(from.X + (to.X - from.X) * i / pieces, from.Y + (to.Y - from.Y) * i / pieces);
        }
    }

    private IReadOnlyList<double> Chosen()
    {
        DataRange range = DataRange.Of(Function.Values.Cast<double>(), LevelScale);
        if (range.IsEmpty || range.Min == range.Max) return [];
        return [.. Ticks.Find(LevelScale, range.Min, range.Max, WantedLevels).Where(tick => !tick.IsMinor && tick.Value > range.Min && tick.Value < range.Max).Select(tick => tick.Value)];
    }
}
