using System.Text;

namespace TorchRef.Checks.Reporting;

/// <summary>A table in plain text that keeps to a width: cells that are too long are broken, cells that are far too long shortened.</summary>
internal static class TextTable
{
    private const int Gap = 2;

    /// <summary>A text column is never made narrower than this.</summary>
    private const int NarrowestColumn = 12;

    /// <summary>A cell has at most so many lines; more of a name tells nobody anything.</summary>
    private const int MostLines = 4;

    public static void Write(StringBuilder text, IReadOnlyList<ReportColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, int indent, int width)
    {
        var cells = rows.Select(row => columns.Select((_, i) => i < row.Count ? Printable.OneLine(row[i]) : "").ToArray()).ToList();
        var titles = columns.Select(column => Printable.OneLine(column.Name)).ToArray();
        if (Fit(columns, titles, cells, width - indent) is not { } widths)
        {
            WriteAsBlocks(text, titles, cells, indent, width);
            return;
        }
        WriteRow(text, columns, titles, widths, indent);
        foreach (var row in cells) WriteRow(text, columns, row, widths, indent);
    }

    /// <summary>The columns' widths, or null where not even broken cells fit.</summary>
    private static int[]? Fit(IReadOnlyList<ReportColumn> columns, string[] titles, List<string[]> cells, int width)
    {
        var widths = titles.Select((title, i) => Math.Max(Printable.Width(title), cells.Select(row => Printable.Width(Printable.Shorten(row[i], width * MostLines))).DefaultIfEmpty(0).Max())).ToArray();
        var room = width - Gap * (columns.Count - 1);
        while (widths.Sum() > room)
        {
            var widest = Enumerable.Range(0, columns.Count).Where(i => !columns[i].IsNumber && widths[i] > NarrowestColumn).OrderByDescending(i => widths[i]).FirstOrDefault(-1);
            if (widest < 0) return null;
            // Down to the next widest column, or to what is needed, in one go: names can have thousands of characters.
            var next = Enumerable.Range(0, columns.Count).Where(i => i != widest && !columns[i].IsNumber && widths[i] < widths[widest]).Select(i => widths[i]).DefaultIfEmpty(NarrowestColumn).Max();
            widths[widest] = Math.Max(Math.Min(Math.Max(next, NarrowestColumn), widths[widest] - 1), widths[widest] - (widths.Sum() - room));
        }
        return widths;
    }

    private static void WriteRow(StringBuilder text, IReadOnlyList<ReportColumn> columns, string[] row, int[] widths, int indent)
    {
        var broken = row.Select((cell, i) => Printable.Wrap(Printable.Shorten(cell, widths[i] * MostLines), Math.Max(1, widths[i]))).ToArray();
        for (var line = 0; line < broken.Max(cell => cell.Count); line++)
        {
            var written = new StringBuilder(new string(' ', indent));
            for (var i = 0; i < row.Length; i++)
            {
                if (i > 0) written.Append(' ', Gap);
                written.Append(Printable.Pad(line < broken[i].Count ? broken[i][line] : "", widths[i], columns[i].IsNumber));
            }
            text.Append(written.ToString().TrimEnd(' ')).Append('\n');
        }
    }

    /// <summary>Each row as lines "title: cell".</summary>
    private static void WriteAsBlocks(StringBuilder text, string[] titles, List<string[]> cells, int indent, int width)
    {
        for (var row = 0; row < cells.Count; row++)
        {
            if (row > 0) text.Append('\n');
            for (var i = 0; i < titles.Length; i++)
                foreach (var line in Printable.Wrap(Printable.Shorten($"{titles[i]}: {cells[row][i]}", MostLines * (width - indent)), width - indent))
                    text.Append(' ', indent).Append(line).Append('\n');
        }
    }
}
