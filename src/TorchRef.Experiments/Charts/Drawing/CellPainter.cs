using System.Globalization;
using System.Text;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Draws the cells of heat maps: one path per colour, neighbours of one colour in one piece.</summary>
internal static class CellPainter
{
    /// <summary>Fills the cells; <paramref name="upwards"/> says that the first row is lowest.</summary>
    public static void Fill(SvgCanvas canvas, Box area, CellBlocks blocks, ColorMap colors, bool upwards)
    {
        var paths = new SortedDictionary<int, StringBuilder>();
        for (int row = 0; row < blocks.Rows; row++)
        {
            (int top, int height) = Span(row, blocks.BlockRows, blocks.SourceRows);
            if (upwards) top = blocks.SourceRows - top - height;
            for (int column = 0; column < blocks.Columns;)
            {
                int step = Step(blocks[row, column], colors), end = column + 1;
                while (end < blocks.Columns && Step(blocks[row, end], colors) == step) end++;
                int left = column * blocks.BlockColumns, width = Math.Min(end * blocks.BlockColumns, blocks.SourceColumns) - left;
                if (!paths.TryGetValue(step, out StringBuilder? path)) paths[step] = path = new StringBuilder();
                path.Append(CultureInfo.InvariantCulture, $"M{left} {top}h{width}v{height}h-{width}z");
                column = end;
            }
        }

        foreach ((int step, StringBuilder path) in paths)
            canvas.Cells(path.ToString(), area, blocks.SourceColumns, blocks.SourceRows, step < 0 ? Paint.NoValue : colors.Ramp[step]);
    }

    /// <summary>Crosses cells without a value and puts a dash into negative ones of a diverging scale.</summary>
    public static void Mark(SvgCanvas canvas, Box area, CellBlocks blocks, ColorMap colors, bool upwards)
    {
        var crosses = new List<(Point, Point)>();
        var light = new List<(Point, Point)>();
        var dark = new List<(Point, Point)>();
        double width = area.Width / blocks.SourceColumns, height = area.Height / blocks.SourceRows;
        for (int row = 0; row < blocks.Rows; row++)
        {
            (int top, int rows) = Span(row, blocks.BlockRows, blocks.SourceRows);
            if (upwards) top = blocks.SourceRows - top - rows;
            for (int column = 0; column < blocks.Columns; column++)
            {
                (int left, int columns) = Span(column, blocks.BlockColumns, blocks.SourceColumns);
                var centre = new Point(area.Left + (left + columns / 2.0) * width, area.Top + (top + rows / 2.0) * height);
                double value = blocks[row, column];
                if (!colors.HasPlace(value))
                {
                    crosses.Add((new(centre.X - 2.5, centre.Y - 2.5), new(centre.X + 2.5, centre.Y + 2.5)));
                    crosses.Add((new(centre.X - 2.5, centre.Y + 2.5), new(centre.X + 2.5, centre.Y - 2.5)));
                }
                else if (colors.Axis.Kind == ColorScaleKind.Diverging && colors.Step(value) < colors.Ramp.Count / 2)
                {
                    // Strong colours take a dash in the colour of the ground, weak ones in that of text.
                    (colors.Step(value) < colors.Ramp.Count / 4 ? light : dark).Add((new(centre.X - 2.5, centre.Y), new(centre.X + 2.5, centre.Y)));
                }
            }
        }

        canvas.Segments(crosses, Paint.Text, 1.2);
        canvas.Segments(light, Paint.Background, 1.2);
        canvas.Segments(dark, Paint.Text, 1.2);
    }

    private static int Step(double value, ColorMap colors) => colors.HasPlace(value) ? colors.Step(value) : -1;

    private static (int Start, int Length) Span(int block, int size, int source) => (block * size, Math.Min(size, source - block * size));
}
