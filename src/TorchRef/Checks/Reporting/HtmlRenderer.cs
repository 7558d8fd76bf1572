using System.Globalization;
using System.Net;
using System.Text;

namespace TorchRef.Checks.Reporting;

/// <summary>
/// Reports as one HTML file: no script, no network (which the page itself forbids), light or dark as the reader's system
/// is, well-formed as XML, everything escaped.
/// </summary>
internal static class HtmlRenderer
{
    /// <summary>A name longer than this is shortened in the page; JSON has it whole.</summary>
    private const int LongestName = 400;

    /// <summary>A cell of a table longer than this may be broken into lines.</summary>
    private const int LongestUnbroken = 40;

    public static string Render(ReportDocument document)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{VerdictText.Word(document.Verdict)}: {Escape(document.Title)}</title>\n<style>\n{HtmlStyle.Css}</style>\n</head>\n<body>\n<main>\n");
        Contents(html, document);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>The report as a piece of another page, such as a notebook: its style reaches nothing outside of it.</summary>
    public static string RenderFragment(ReportDocument document)
    {
        var html = new StringBuilder("<div class=\"torchref-report\">\n<style>\n");
        html.Append(HtmlStyle.Within(".torchref-report")).Append("</style>\n");
        Contents(html, document);
        return html.Append("</div>\n").ToString();
    }

    /// <summary>Text as it may stand in an element or an attribute.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(Printable.Shorten(Printable.OneLine(text), LongestName * 8));

    private static void Contents(StringBuilder html, ReportDocument document)
    {
        html.Append(CultureInfo.InvariantCulture, $"<header class=\"{VerdictText.Word(document.Verdict).ToLowerInvariant()}\">\n<p class=\"subject\">{Escape(document.Title)}</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1><span class=\"badge\">{VerdictText.Word(document.Verdict)}</span> {Escape(Capital(VerdictText.WithoutWord(document.Verdict, document.Headline)))}</h1>\n</header>\n");
        foreach (var section in document.Sections) Section(html, section);
        Facts(html, document.Facts);
    }

    private static void Section(StringBuilder html, ReportSection section)
    {
        switch (section)
        {
            case TextSection { Lines.Count: 0 } or TableSection { Rows.Count: 0 } or HistogramSection { Bars.Count: 0 }:
                return;
            case TextSection lines:
                Open(html, lines.Heading);
                if (lines.Lines.Count == 1) html.Append(CultureInfo.InvariantCulture, $"<p>{Escape(lines.Lines[0])}</p>\n");
                else Items(html, lines.Lines);
                break;
            case TableSection table:
                Open(html, table.Heading);
                Table(html, table);
                if (table.Note is not null) html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Escape(table.Note)}</p>\n");
                break;
            case HeatMapSection map:
                Open(html, map.Heading);
                HtmlHeatMap.Write(html, map);
                break;
            case HistogramSection histogram:
                Open(html, $"{histogram.Heading} ({histogram.Unit})");
                Bars(html, histogram);
                break;
            default:
                throw new ArgumentException($"a section must be of a kind that can be rendered: expected text, a table, a heat map or a histogram but got {section.GetType().Name}");
        }
        html.Append("</section>\n");
    }

    private static void Open(StringBuilder html, string heading) => html.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Escape(heading)}</h2>\n");

    private static void Items(StringBuilder html, IReadOnlyList<string> lines)
    {
        html.Append("<ul>\n");
        foreach (var line in lines) html.Append(CultureInfo.InvariantCulture, $"<li>{Escape(line)}</li>\n");
        html.Append("</ul>\n");
    }

    private static void Table(StringBuilder html, TableSection table)
    {
        html.Append("<div class=\"scroll\"><table>\n<thead><tr>");
        foreach (var column in table.Columns) html.Append(CultureInfo.InvariantCulture, $"<th{Class(column, "")}>{Escape(column.Name)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var cell = i < row.Count ? row[i] : "";
                html.Append(CultureInfo.InvariantCulture, $"<td{Class(table.Columns[i], cell)}>{Escape(cell)}</td>");
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table></div>\n");
    }

    /// <summary>Numbers are set flush right; a verdict has its colour beside its word; long names may be broken, indices not.</summary>
    private static string Class(ReportColumn column, string cell)
    {
        if (column.IsNumber) return " class=\"number\"";
        foreach (var verdict in Enum.GetValues<Verdict>())
            if (cell == VerdictText.InTable(verdict) || cell.Equals(VerdictText.Word(verdict), StringComparison.OrdinalIgnoreCase)) return $" class=\"is-{VerdictText.Word(verdict).ToLowerInvariant()}\"";
        return cell.Length > LongestUnbroken ? " class=\"long\"" : "";
    }

    private static void Bars(StringBuilder html, HistogramSection histogram)
    {
        var most = Math.Max(1, histogram.Bars.Max(bar => bar.count));
        html.Append("<div class=\"scroll\"><table class=\"bars\">\n<tbody>\n");
        foreach (var (label, count) in histogram.Bars)
        {
            // What is there is seen, however small its share.
            var share = count <= 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"max(2px, {100.0 * count / most:0.##}%)");
            html.Append(CultureInfo.InvariantCulture, $"<tr><th class=\"number\">{Escape(label)}</th><td class=\"bar\"><div style=\"width: {share}\"></div></td><td class=\"number\">{ReportNumber.Count(count)}</td></tr>\n");
        }
        html.Append("</tbody>\n</table></div>\n");
    }

    private static void Facts(StringBuilder html, IReadOnlyList<(string name, string value)> facts)
    {
        if (facts.Count == 0) return;
        Open(html, "Settings and counts");
        html.Append("<dl>\n");
        foreach (var (name, value) in facts) html.Append(CultureInfo.InvariantCulture, $"<dt>{Escape(name)}</dt><dd>{Escape(value)}</dd>\n");
        html.Append("</dl>\n</section>\n");
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
