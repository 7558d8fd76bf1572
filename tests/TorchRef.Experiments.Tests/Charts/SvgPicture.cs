using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

/// <summary>A text of a picture with the four corners of its place.</summary>
internal sealed record PlacedText(string Text, double X, double Y, double FontSize, bool IsTurned, Point[] Corners);

/// <summary>Reads an SVG picture back: what a reader of the file gets, not what the writer meant.</summary>
internal sealed class SvgPicture
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public SvgPicture(Chart chart, ChartTheme theme = ChartTheme.Auto)
        : this(chart.ToSvg(theme))
    {
    }

    public SvgPicture(string svg)
    {
        Root = XDocument.Parse(svg).Root!;
        (Width, Height) = (Number(Root, "width"), Number(Root, "height"));
        Texts = [.. Elements("text").Select(Place)];
    }

    public XElement Root { get; }

    public double Width { get; }

    public double Height { get; }

    public IReadOnlyList<PlacedText> Texts { get; }

    /// <summary>The corner where the axes of the only panel meet, and their other ends.</summary>
    public Box Plot
    {
        get
        {
            Point[] axes = Points(Elements("polyline").Single(line => (string?)line.Attribute("stroke") is "#4d4d4d" or "#9aa0a6"));
            return new Box(axes[0].X, axes[0].Y, axes[2].X - axes[0].X, axes[1].Y - axes[0].Y);
        }
    }

    public IEnumerable<XElement> Elements(string name) => Root.Descendants(Svg + name);

    public PlacedText Text(string text) => Assert.Single(Texts, placed => placed.Text == text);

    /// <summary>The lines in the colour of the series with this index.</summary>
    public Point[][] Lines(int series) => [.. Elements("polyline").Where(line => (string?)line.Attribute("stroke") == Paint.Series(series).Light).Select(Points)];

    public static Point[] Points(XElement shape) => [.. ((string)shape.Attribute("points")!).Split(' ').Select(pair =>
    {
        string[] xy = pair.Split(',');
        return new Point(double.Parse(xy[0], CultureInfo.InvariantCulture), double.Parse(xy[1], CultureInfo.InvariantCulture));
    })];

    public static double Number(XElement element, string attribute) => double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    /// <summary>Whether two texts share room: no side of either parts them (separating axes).</summary>
    public static bool Overlap(PlacedText one, PlacedText other)
    {
        const double touch = 0.1;
        foreach (Point[] corners in (Point[][])[one.Corners, other.Corners])
        {
            for (int side = 0; side < 2; side++)
            {
                (double x, double y) = (corners[side + 1].X - corners[side].X, corners[side + 1].Y - corners[side].Y);
                double length = Math.Sqrt(x * x + y * y);
                (double min1, double max1) = Shadow(one.Corners, x / length, y / length);
                (double min2, double max2) = Shadow(other.Corners, x / length, y / length);
                if (max1 <= min2 + touch || max2 <= min1 + touch) return false;
            }
        }

        return true;
    }

    private static (double Min, double Max) Shadow(Point[] corners, double x, double y)
    {
        double[] places = [.. corners.Select(corner => corner.X * x + corner.Y * y)];
        return (places.Min(), places.Max());
    }

    private static PlacedText Place(XElement text)
    {
        (double x, double y, double size) = (Number(text, "x"), Number(text, "y"), Number(text, "font-size"));
        double width = TextMetrics.Width(text.Value, size);
        double left = x - (string?)text.Attribute("text-anchor") switch { "middle" => width / 2, "end" => width, _ => 0 };
        Match turn = Regex.Match((string?)text.Attribute("transform") ?? "", @"^rotate\((-?\d+) ([\d.]+) ([\d.]+)\)$");
        double angle = turn.Success ? int.Parse(turn.Groups[1].Value, CultureInfo.InvariantCulture) * Math.PI / 180 : 0;
        Point[] corners = [new(left, y - TextMetrics.Ascent * size), new(left + width, y - TextMetrics.Ascent * size), new(left + width, y + TextMetrics.Descent * size), new(left, y + TextMetrics.Descent * size)];
        return new PlacedText(text.Value, x, y, size, angle != 0, [.. corners.Select(corner => new Point(
            x + (corner.X - x) * Math.Cos(angle) - (corner.Y - y) * Math.Sin(angle),
            y + (corner.X - x) * Math.Sin(angle) + (corner.Y - y) * Math.Cos(angle)))]);
    }
}
