using System.Text;

namespace TorchRef.Checks.Reporting;

/// <summary>Reports for a terminal or a test's message: plain text of at most 100 columns, the verdict first.</summary>
internal static class TextRenderer
{
    private const int Width = 100;
    private const int Indent = 2;

    /// <summary>A single word of a paragraph, a name for one, is shown in at most so many columns.</summary>
    private const int LongestWord = 160;

    /// <summary>The coarse picture of a matrix.</summary>
    private const int MapRows = 24;

    private const int MapColumns = 64;

    private const int BarLength = 40;

    public static string Render(ReportDocument document)
    {
        var text = new StringBuilder();
        Paragraph(text, VerdictText.WithWord(document.Verdict, document.Headline), 0);
        if (document.Title.Length > 0) Paragraph(text, $"Checked: {document.Title}", 0);
        foreach (var section in document.Sections) Section(text, section);
        if (document.Facts.Count > 0)
        {
            Heading(text, "Settings and counts");
            var names = document.Facts.Max(fact => Printable.Width(fact.name));
            foreach (var (name, value) in document.Facts)
                Paragraph(text, value, Indent, $"{Printable.Pad(name, names, toTheRight: false)}  ");
        }
        return text.ToString();
    }

    private static void Section(StringBuilder text, ReportSection section)
    {
        switch (section)
        {
            case TextSection { Lines.Count: 0 } or TableSection { Rows.Count: 0 } or HistogramSection { Bars.Count: 0 }:
                return;
            case TextSection lines:
                Heading(text, lines.Heading);
                foreach (var line in lines.Lines) Paragraph(text, line, Indent, lines.Lines.Count == 1 ? "" : "- ");
                break;
            case TableSection table:
                Heading(text, table.Heading);
                TextTable.Write(text, table.Columns, table.Rows, Indent, Width);
                if (table.Note is not null) Paragraph(text, table.Note, Indent);
                break;
            case HeatMapSection map:
                Map(text, map);
                break;
            case HistogramSection histogram:
                Heading(text, $"{histogram.Heading} ({histogram.Unit})");
                Bars(text, histogram);
                break;
            default:
                throw new ArgumentException($"a section must be of a kind that can be rendered: expected text, a table, a heat map or a histogram but got {section.GetType().Name}");
        }
    }

    private static void Map(StringBuilder text, HeatMapSection section)
    {
        var map = HeatMap.Of(section.Values, MapRows, MapColumns);
        if (map.Worst is not { } worst) return;
        Heading(text, section.Heading);
        Paragraph(text, $"{ReportNumber.Count(map.Wrong)} of {ReportNumber.Count(map.Compared, "entry", "entries")} wrong; the worst is {section.Row(worst.row)} by {section.Column(worst.column)}, {ReportNumber.Of(worst.value)} times what is allowed.", Indent);
        for (var row = 0; row < map.Rows; row++)
        {
            text.Append(' ', Indent).Append('|');
            for (var column = 0; column < map.Columns; column++) text.Append(HeatGrade.Character(HeatGrade.Of(map[row, column])));
            text.Append("|\n");
        }
        var block = map.RowsPerCell * map.ColumnsPerCell > 1 ? $"; a character is the worst of {map.RowsPerCell} × {map.ColumnsPerCell} entries" : "";
        Paragraph(text, $"rows: {section.RowName}, columns: {section.ColumnName}{block}; · right, ░ wrong by up to 10⁴ times what is allowed, ▒ 10⁸, ▓ 10¹⁰, █ more", Indent);
    }

    private static void Bars(StringBuilder text, HistogramSection histogram)
    {
        var labels = histogram.Bars.Select(bar => Printable.Shorten(Printable.OneLine(bar.label), 30)).ToList();
        var (widest, most) = (labels.Max(Printable.Width), Math.Max(1, histogram.Bars.Max(bar => bar.count)));
        for (var i = 0; i < labels.Count; i++)
        {
            var count = histogram.Bars[i].count;
            // What is there is seen, however small its share.
            var length = count <= 0 ? 0 : Math.Max(1, (int)Math.Round((double)count / most * BarLength));
            text.Append(' ', Indent).Append(Printable.Pad(labels[i], widest, toTheRight: true)).Append("  ").Append('█', length).Append(length > 0 ? " " : "").Append(ReportNumber.Count(count)).Append('\n');
        }
    }

    private static void Heading(StringBuilder text, string heading)
    {
        text.Append('\n');
        Paragraph(text, heading, 0);
    }

    /// <summary>A paragraph whose later lines stand below the first one's text, not below its mark.</summary>
    private static void Paragraph(StringBuilder text, string paragraph, int indent, string mark = "")
    {
        var words = string.Join(' ', Printable.OneLine(paragraph).Split(' ').Select(word => Printable.Shorten(word, LongestWord)));
        var hang = indent + Printable.Width(mark);
        foreach (var line in Printable.Wrap(words, Width - hang))
        {
            text.Append(' ', mark.Length > 0 ? indent : hang).Append(mark).Append(line).Append('\n');
            mark = "";
        }
    }
}
