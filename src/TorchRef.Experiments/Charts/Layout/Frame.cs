using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Where a panel draws: its area, what its axes mean and how its series look.</summary>
internal sealed record Frame(Box Area, Scale Horizontal, Scale Vertical, SeriesStyles Styles, ColorMap? Colors)
{
    public double X(double value) => Area.Left + Horizontal.Place(value) * Area.Width;

    public double Y(double value) => Area.Bottom - Vertical.Place(value) * Area.Height;

    public Point At(double x, double y) => new(X(x), Y(y));

    public bool HasPlace(double x, double y) => Plottable.IsOn(x, Horizontal.Kind) && Plottable.IsOn(y, Vertical.Kind);

    /// <summary>Draws a line, cut at the border of the area.</summary>
    public void Polyline(SvgCanvas canvas, IReadOnlyList<Point> points, Paint paint, double width, LineDash dash = LineDash.Solid)
    {
        foreach (List<Point> part in Clip.Polyline(points, Area)) canvas.Polyline(part, paint, width, dash);
    }
}
