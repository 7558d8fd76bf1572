using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>A matrix as colours, such as a confusion matrix, or where a gradient is wrong.</summary>
/// <remarks>
/// Rows and columns are numbered from 0, the first row on top, unless they have names or their axis has both limits. With
/// limits the cells share that range equally, in the axis's scale, and the first row lies at its lower end.
/// Cells that are negative on a diverging scale carry a dash where they are large enough; cells without a value are crossed.
/// </remarks>
public sealed record HeatMap : PanelChart
{
    /// <summary>More rows or columns than this are drawn as blocks.</summary>
    private const int MostCells = 160;

    private const double SmallestMarked = 7;

    /// <summary>The values: rows, columns.</summary>
    public required double[,] Values { get; init; }

    /// <summary>What colours show.</summary>
    public required ColorAxis ColorAxis { get; init; }

    /// <summary>The horizontal axis; <c>column</c> by default.</summary>
    public Axis XAxis { get; init; } = new("column");

    /// <summary>The vertical axis; <c>row</c> by default.</summary>
    public Axis YAxis { get; init; } = new("row");

    /// <summary>Names of the columns; null, the default, for numbers.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Names of the rows; null, the default, for numbers.</summary>
    public IReadOnlyList<string>? RowNames { get; init; }

    internal override string Kind => "Heat map";

    internal override AxisNeed HorizontalNeed => Need(XAxis, ColumnNames, Values.GetLength(1), false);

    internal override AxisNeed VerticalNeed => Need(YAxis, RowNames, Values.GetLength(0), true);

    internal override ColorNeed? ColorNeed => new(ColorAxis, DataRange.Of(Values.Cast<double>(), ColorAxis.Scale));

    internal override Gaps Gaps => Gaps.Of(Values.Cast<double>(), ColorAxis.Scale);

    internal override IReadOnlyList<string> Notes
    {
        get
        {
            CellBlocks blocks = Blocks;
            return blocks.IsWhole ? [] : [$"{Values.GetLength(0)} × {Values.GetLength(1)} values, drawn in blocks of {blocks.BlockRows} × {blocks.BlockColumns}; each block shows its value farthest from 0."];
        }
    }

    private CellBlocks Blocks => CellBlocks.Of(Values, MostCells);

    internal override void Check()
    {
        base.Check();
        if (Values.Length == 0) throw new ArgumentException($"A heat map has cells: expected at least 1 × 1 but got {Values.GetLength(0)} × {Values.GetLength(1)}.");
        if (ColumnNames is not null) Lengths.Check("Every column has its name", "names", Values.GetLength(1), ColumnNames.Count);
        if (RowNames is not null) Lengths.Check("Every row has its name", "names", Values.GetLength(0), RowNames.Count);
    }

    /// <summary>Square cells, within reason.</summary>
    internal override double SuitableHeight(double plotWidth, bool alone) =>
        Math.Clamp(plotWidth * Values.GetLength(0) / Values.GetLength(1), alone ? 60 : 40, alone ? 560 : 240);

    internal override void DrawInside(SvgCanvas canvas, Frame frame)
    {
        CellBlocks blocks = Blocks;
        ColorMap colors = frame.Colors!;
        var area = new Box(frame.Area.Left, frame.Area.Top, frame.Area.Width, frame.Area.Height);
        CellPainter.Fill(canvas, area, blocks, colors, !frame.Vertical.Reversed);
        var cell = new Box(0, 0, area.Width * blocks.BlockColumns / Values.GetLength(1), area.Height * blocks.BlockRows / Values.GetLength(0));
        if (Math.Min(cell.Width, cell.Height) >= SmallestMarked) CellPainter.Mark(canvas, area, blocks, colors, !frame.Vertical.Reversed);
        canvas.Rectangle(area, null, Paint.Axis);
    }

    private static AxisNeed Need(Axis axis, IReadOnlyList<string>? names, int count, bool vertical)
    {
        if (names is not null) return AxisNeed.ForCategories(axis, names, vertical);
        return axis is { Min: double min, Max: double max }
            ? new AxisNeed(axis, new DataRange(min, max, false), AxisPadding.None)
            : new AxisNeed(axis with { Scale = AxisScale.Linear, Min = null, Max = null }, new DataRange(-0.5, count - 0.5, true), AxisPadding.None) { Reversed = vertical, Counts = true };
    }
}
