using System.Globalization;
using System.Text;

namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Collects shapes and texts and writes them as one SVG picture.</summary>
/// <remarks>
/// Colours are attributes, so that every program that reads SVG shows them. With <see cref="ChartTheme.Auto"/> shapes carry
/// classes too, which a style sheet repaints on a dark screen. Nothing has an id: pictures can share one HTML page.
/// </remarks>
internal sealed class SvgCanvas(ChartTheme theme)
{
    private const string Fonts = "Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";
    private readonly StringBuilder _body = new();
    private readonly SortedDictionary<string, string> _darkRules = new(StringComparer.Ordinal);

    public void Line(Point from, Point to, Paint paint, double width = 1) =>
        Element("line", $"x1=\"{N(from.X)}\" y1=\"{N(from.Y)}\" x2=\"{N(to.X)}\" y2=\"{N(to.Y)}\"{Stroke(width)}{Colors(null, paint)}");

    public void Rectangle(Box box, Paint? fill, Paint? stroke = null, double width = 1) =>
        Element("rect", $"x=\"{N(box.Left)}\" y=\"{N(box.Top)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\"{(stroke is null ? "" : Stroke(width))}{Colors(fill, stroke)}");

    public void Circle(Point centre, double radius, Paint? fill, Paint? stroke, double width = 1) =>
        Element("circle", $"cx=\"{N(centre.X)}\" cy=\"{N(centre.Y)}\" r=\"{N(radius)}\"{(stroke is null ? "" : Stroke(width))}{Colors(fill, stroke)}");

    public void Polyline(IReadOnlyList<Point> points, Paint paint, double width = 1, LineDash dash = LineDash.Solid) =>
        Element("polyline", $"points=\"{Points(points)}\" stroke-linejoin=\"round\"{Stroke(width, dash)}{Colors(null, paint)}");

    public void Polygon(IReadOnlyList<Point> points, Paint? fill, Paint? stroke = null, double opacity = 1) =>
        Element("polygon", $"points=\"{Points(points)}\"{(opacity < 1 ? $" fill-opacity=\"{N(opacity)}\"" : "")}{Colors(fill, stroke)}");

    /// <summary>Many separate straight pieces in one element.</summary>
    public void Segments(IEnumerable<(Point From, Point To)> segments, Paint paint, double width = 1)
    {
        var path = new StringBuilder();
        foreach ((Point from, Point to) in segments) path.Append(CultureInfo.InvariantCulture, $"M{N(from.X)} {N(from.Y)}L{N(to.X)} {N(to.Y)}");
        if (path.Length > 0) Element("path", $"d=\"{path}\"{Stroke(width)}{Colors(null, paint)}");
    }

    /// <summary>Fills unit cells; <paramref name="path"/> counts in cells, which <paramref name="area"/> holds so many of.</summary>
    public void Cells(string path, Box area, int columns, int rows, Paint paint) =>
        Element("path", $"d=\"{path}\" transform=\"translate({N(area.Left)} {N(area.Top)}) scale({Precise(area.Width / columns)} {Precise(area.Height / rows)})\" shape-rendering=\"crispEdges\"{Colors(paint, null)}");

    /// <summary>One line of text; <paramref name="at"/> lies on its base line. Anchor: start, middle or end. Degrees turn clockwise.</summary>
    public void Text(string text, Point at, double fontSize, Paint paint, string anchor = "start", double degrees = 0)
    {
        string turn = degrees == 0 ? "" : $" transform=\"rotate({N(degrees)} {N(at.X)} {N(at.Y)})\"";
        string place = anchor == "start" ? "" : $" text-anchor=\"{anchor}\"";
        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(at.X)}\" y=\"{N(at.Y)}\" font-size=\"{N(fontSize)}\"{place}{turn}{Colors(paint, null)}>{XmlText.Escape(text)}</text>\n");
    }

    /// <summary>Lines of text below each other; <paramref name="top"/> is the upper edge of the first.</summary>
    public void TextBlock(IReadOnlyList<string> lines, double x, double top, double fontSize, Paint paint, string anchor = "start")
    {
        for (int i = 0; i < lines.Count; i++)
            Text(lines[i], new Point(x, top + (TextMetrics.Ascent + i * TextMetrics.LineHeight) * fontSize), fontSize, paint, anchor);
    }

    /// <summary>The whole picture.</summary>
    public string Finish(double width, double height, string title, string description)
    {
        var svg = new StringBuilder();
        string marker = theme == ChartTheme.Auto ? " class=\"torchref-chart\"" : "";
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\" font-family=\"{Fonts}\"{marker}>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{XmlText.Escape(title)}</title>\n<desc>{XmlText.Escape(description)}</desc>\n");
        string ground = $"<rect width=\"{N(width)}\" height=\"{N(height)}\"{Colors(Paint.Background, null)}/>\n";
        if (_darkRules.Count > 0)
        {
            svg.Append("<style>@media screen and (prefers-color-scheme:dark){");
            foreach ((string selector, string rule) in _darkRules) svg.Append(CultureInfo.InvariantCulture, $".torchref-chart .{selector}{{{rule}}}");
            svg.Append("}</style>\n");
        }

        return svg.Append(ground).Append(_body).Append("</svg>\n").ToString();
    }

    /// <summary>A coordinate: two decimals are finer than any screen.</summary>
    private static string N(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    private static string Precise(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Points(IReadOnlyList<Point> points) => string.Join(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}"));

    private static string Stroke(double width, LineDash dash = LineDash.Solid) => $" stroke-width=\"{N(width)}\"" + dash switch
    {
        LineDash.Dashed => " stroke-dasharray=\"6 3\"",
        LineDash.Dotted => " stroke-dasharray=\"1.5 2.5\"",
        LineDash.DashDot => " stroke-dasharray=\"8 3 1.5 3\"",
        LineDash.LongDash => " stroke-dasharray=\"13 4\"",
        _ => "",
    };

    private void Element(string name, string attributes) => _body.Append('<').Append(name).Append(' ').Append(attributes).Append("/>\n");

    private string Colors(Paint? fill, Paint? stroke)
    {
        string colors = $" fill=\"{Color(fill)}\"" + (stroke is null ? "" : $" stroke=\"{Color(stroke)}\"");
        if (theme != ChartTheme.Auto) return colors;
        var classes = new List<string>(2);
        if (fill is Paint inside) classes.Add(Rule($"f-{inside.Name}", $"fill:{inside.Dark}"));
        if (stroke is Paint outline) classes.Add(Rule($"l-{outline.Name}", $"stroke:{outline.Dark}"));
        return classes.Count == 0 ? colors : $"{colors} class=\"{string.Join(' ', classes)}\"";
    }

    private string Rule(string selector, string rule)
    {
        _darkRules[selector] = rule;
        return selector;
    }

    private string Color(Paint? paint) => paint is Paint used ? theme == ChartTheme.Dark ? used.Dark : used.Light : "none";
}
