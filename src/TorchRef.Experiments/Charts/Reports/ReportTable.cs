using System.Text;
using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>A table.</summary>
public sealed record ReportTable : ReportBlock
{
    /// <summary>A blank as wide as a digit.</summary>
    private const char FigureSpace = '\u2007';

    /// <summary>A blank as wide as a point.</summary>
    private const char PunctuationSpace = '\u2008';

    /// <summary>What the table shows; null, the default, for no caption.</summary>
    public string? Caption { get; init; }

    /// <summary>The columns.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>The rows, one cell per column.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    internal override void Write(StringBuilder html, ChartTheme theme)
    {
        for (int row = 0; row < Rows.Count; row++) Lengths.Check($"Rows are as long as the head: row {row}", "cells", Columns.Count, Rows[row].Count);
        int[] decimals = [.. Columns.Select((column, i) => column.IsNumber ? Rows.Select(row => Decimals(row[i])).DefaultIfEmpty(-1).Max() : -1)];
        html.Append("<div class=\"wide\"><table>\n");
        if (Caption is not null) html.Append($"<caption>{XmlText.Escape(Caption)}</caption>\n");
        html.Append("<thead><tr>").AppendJoin("", Columns.Select(column => $"<th scope=\"col\"{Class(column)}>{XmlText.Escape(column.Title)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in Rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select((cell, i) => $"<td{Class(Columns[i])}>{XmlText.Escape(cell)}{Padding(cell, decimals[i])}</td>")).Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string Class(ReportColumn column) => column.IsNumber ? " class=\"number\"" : "";

    /// <summary>Digits behind the point; −1 when there is no point or the cell isn't a plain number.</summary>
    private static int Decimals(string cell)
    {
        int point = cell.IndexOf('.');
        return point < 0 || !IsPlain(cell) ? -1 : cell.Length - point - 1;
    }

    private static bool IsPlain(string cell) => cell.Length > 0 && cell.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-' or '−' or '+');

    /// <summary>Blanks behind a plain number, so that points stand below each other.</summary>
    private static string Padding(string cell, int decimals)
    {
        if (decimals < 0 || !IsPlain(cell)) return "";
        int own = Decimals(cell);
        return own < 0 ? PunctuationSpace + new string(FigureSpace, decimals) : new string(FigureSpace, decimals - own);
    }
}
