using System.Globalization;
using System.Text;

namespace TorchRef.Checks.Reporting;

/// <summary>
/// A matrix of errors as an SVG picture. Each step of colour is one path over runs of cells, so that the largest picture
/// stays small enough for a browser; a coarser layer of invisible tiles says on hovering what is beneath.
/// </summary>
internal static class HtmlHeatMap
{
    /// <summary>Cells of a picture in either direction.</summary>
    private const int MostCells = 512;

    /// <summary>Tiles that answer to the mouse, in either direction.</summary>
    private const int MostTiles = 64;

    private const double PictureWidth = 720;
    private const double PictureHeight = 560;
    private const double LargestCell = 22;

    public static void Write(StringBuilder html, HeatMapSection section)
    {
        var map = HeatMap.Of(section.Values, MostCells, MostCells);
        if (map.Worst is not { } worst)
        {
            html.Append("<p>Nothing was compared.</p>\n");
            return;
        }
        var (entryRows, entryColumns) = (section.Values.GetLength(0), section.Values.GetLength(1));
        html.Append(CultureInfo.InvariantCulture, $"<p>{ReportNumber.Count(map.Wrong)} of {ReportNumber.Count(map.Compared, "entry", "entries")} wrong; the worst is <b>{HtmlRenderer.Escape(section.Row(worst.row))}</b> by <b>{HtmlRenderer.Escape(section.Column(worst.column))}</b> (outlined), {ReportNumber.Of(worst.value)} times what is allowed.</p>\n");
        Picture(html, section, map, worst);
        var block = map.RowsPerCell * map.ColumnsPerCell > 1 ? $" A cell is the worst of {map.RowsPerCell} × {map.ColumnsPerCell} entries." : "";
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{ReportNumber.Count(entryRows, "row", "rows")}: {HtmlRenderer.Escape(section.RowName)}, from the top; {ReportNumber.Count(entryColumns, "column", "columns")}: {HtmlRenderer.Escape(section.ColumnName)}, from the left.{block} Hover for indices.</p>\n");
        Legend(html);
    }

    private static void Picture(StringBuilder html, HeatMapSection section, HeatMap map, (int row, int column, double value) worst)
    {
        var width = map.Columns * Math.Min(LargestCell, PictureWidth / map.Columns);
        var height = map.Rows * Math.Min(LargestCell, PictureHeight / map.Rows);
        var label = $"Heat map of {map.Rows} × {map.Columns} cells: {section.Heading}";
        html.Append(CultureInfo.InvariantCulture, $"<svg class=\"map\" role=\"img\" aria-label=\"{HtmlRenderer.Escape(label)}\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.#}\" height=\"{height:0.#}\" viewBox=\"0 0 {map.Columns} {map.Rows}\" preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\">\n");
        for (var grade = 0; grade < HeatGrade.Count; grade++) Runs(html, map, grade);
        var (row, column) = (worst.row / map.RowsPerCell, worst.column / map.ColumnsPerCell);
        html.Append(CultureInfo.InvariantCulture, $"<rect class=\"worst\" x=\"{column}\" y=\"{row}\" width=\"1\" height=\"1\"/>\n");
        Tiles(html, section);
        html.Append("</svg>\n");
    }

    /// <summary>All cells of one step: neighbours in a row are drawn in one stroke.</summary>
    private static void Runs(StringBuilder html, HeatMap map, int grade)
    {
        var path = new StringBuilder();
        for (var row = 0; row < map.Rows; row++)
            for (var column = 0; column < map.Columns; column++)
            {
                if (HeatGrade.Of(map[row, column]) != grade) continue;
                var first = column;
                while (column + 1 < map.Columns && HeatGrade.Of(map[row, column + 1]) == grade) column++;
                path.Append(CultureInfo.InvariantCulture, $"M{first} {row}h{column - first + 1}v1H{first}z");
            }
        if (path.Length > 0) html.Append(CultureInfo.InvariantCulture, $"<path class=\"g{grade}\" d=\"{path}\"/>\n");
    }

    private static void Tiles(StringBuilder html, HeatMapSection section)
    {
        var tiles = HeatMap.Of(section.Values, MostTiles, MostTiles);
        var map = HeatMap.Of(section.Values, MostCells, MostCells);
        // A tile is a whole number of entries, which needn't be a whole number of cells.
        var (down, across) = ((double)tiles.RowsPerCell / map.RowsPerCell, (double)tiles.ColumnsPerCell / map.ColumnsPerCell);
        html.Append("<g class=\"tiles\">\n");
        for (var row = 0; row < tiles.Rows; row++)
            for (var column = 0; column < tiles.Columns; column++)
            {
                var value = tiles[row, column];
                if (double.IsNaN(value)) continue;
                html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{column * across:0.###}\" y=\"{row * down:0.###}\" width=\"{across:0.###}\" height=\"{down:0.###}\"><title>{HtmlRenderer.Escape(Title(section, tiles, row, column, value))}</title></rect>\n");
            }
        html.Append("</g>\n");
    }

    private static string Title(HeatMapSection section, HeatMap tiles, int row, int column, double value)
    {
        var (rows, columns) = (tiles.EntryRows(row), tiles.EntryColumns(column));
        var where = $"{Range(section.Row, rows)} by {Range(section.Column, columns)}";
        return $"{where}: {(tiles.RowsPerCell * tiles.ColumnsPerCell > 1 ? "at worst " : "")}{ReportNumber.Of(value)} times what is allowed{(value > 1 ? ", wrong" : "")}";
    }

    /// <summary>A short name is enough in a title that there are thousands of.</summary>
    private static string Range(Func<int, string> name, (int first, int last) range) =>
        range.first == range.last ? Printable.Shorten(name(range.first), 60) : $"{Printable.Shorten(name(range.first), 60)} … {Printable.Shorten(name(range.last), 60)}";

    private static void Legend(StringBuilder html)
    {
        html.Append("<div class=\"legend\"><span>error / allowed:</span>");
        for (var grade = 0; grade < HeatGrade.Count; grade++)
            html.Append(CultureInfo.InvariantCulture, $"<span><i class=\"g{grade}\"></i>{HtmlRenderer.Escape(HeatGrade.Text(grade))}</span>");
        html.Append(CultureInfo.InvariantCulture, $"<span><i class=\"none\"></i>{HeatGrade.Text(HeatGrade.None)}</span></div>\n");
    }
}
