namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Draws the marks of data points.</summary>
internal static class Markers
{
    /// <summary>Radius of a mark on a line, in pixels.</summary>
    public const double Radius = 3.4;

    /// <summary>Draws a mark; filled ones get an outline in <paramref name="outline"/>, the ground by default, to part from what lies below.</summary>
    public static void Draw(SvgCanvas canvas, Marker marker, Point at, Paint paint, double radius = Radius, Paint? outline = null)
    {
        Paint edge = outline ?? Paint.Background;
        (double x, double y, double r) = (at.X, at.Y, radius);
        switch (marker)
        {
            case Marker.Circle:
                canvas.Circle(at, r, paint, edge, 0.8);
                break;
            case Marker.Ring:
                canvas.Circle(at, r, Paint.Background, paint, 1.5);
                break;
            case Marker.Triangle:
                canvas.Polygon([new(x, y - 1.2 * r), new(x + 1.1 * r, y + 0.8 * r), new(x - 1.1 * r, y + 0.8 * r)], paint, edge);
                break;
            case Marker.TriangleDown:
                canvas.Polygon([new(x, y + 1.2 * r), new(x + 1.1 * r, y - 0.8 * r), new(x - 1.1 * r, y - 0.8 * r)], paint, edge);
                break;
            case Marker.Square:
                canvas.Polygon([new(x - 0.9 * r, y - 0.9 * r), new(x + 0.9 * r, y - 0.9 * r), new(x + 0.9 * r, y + 0.9 * r), new(x - 0.9 * r, y + 0.9 * r)], paint, edge);
                break;
            case Marker.Diamond:
                canvas.Polygon([new(x, y - 1.3 * r), new(x + 1.1 * r, y), new(x, y + 1.3 * r), new(x - 1.1 * r, y)], paint, edge);
                break;
            case Marker.Plus:
                canvas.Segments([(new(x - 1.2 * r, y), new(x + 1.2 * r, y)), (new(x, y - 1.2 * r), new(x, y + 1.2 * r))], paint, 1.8);
                break;
            case Marker.Cross:
                canvas.Segments([(new(x - r, y - r), new(x + r, y + r)), (new(x - r, y + r), new(x + r, y - r))], paint, 1.8);
                break;
            default:
                break;
        }
    }
}
