using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Ranges below each other, such as how a search narrows a hyper-parameter from round to round.</summary>
public sealed record RangeChart : PanelChart
{
    private const double RowRoom = 22;
    private const double Cap = 5;

    /// <summary>The axis along the ranges.</summary>
    public required Axis ValueAxis { get; init; }

    /// <summary>The ranges, from top to bottom.</summary>
    public required IReadOnlyList<RangeRow> Rows { get; init; }

    /// <summary>The axis of the names; without a title by default.</summary>
    public Axis NameAxis { get; init; } = new("");

    /// <summary>What the ranges are, for the legend; <c>range</c> by default.</summary>
    public string RangeName { get; init; } = "range";

    /// <summary>What the marks are, for the legend; <c>best</c> by default.</summary>
    public string MarkName { get; init; } = "best";

    internal override string Kind => "Range chart";

    internal override AxisNeed HorizontalNeed =>
        new(ValueAxis, DataRange.Of(Rows.SelectMany(row => new[] { row.Low, row.High, row.Mark ?? row.Low }), ValueAxis.Scale));

    internal override AxisNeed VerticalNeed => AxisNeed.ForCategories(NameAxis, [.. Rows.Select(row => row.Name)], true);

    internal override Gaps Gaps => Gaps.Of(Rows.SelectMany(row => row.Mark is double mark ? new[] { row.Low, row.High, mark } : [row.Low, row.High]), ValueAxis.Scale);

    internal override void Check()
    {
        base.Check();
        foreach (RangeRow row in Rows) row.Check();
    }

    internal override IReadOnlyList<LegendItem> Legend(SeriesStyles styles) => !Rows.Any(row => row.Mark is not null) ? [] :
    [
        new LegendItem(RangeName, Paint.Series(0)) { Dash = LineDash.Solid, LineWidth = 4 },
        new LegendItem(MarkName, Paint.Series(1)) { Marker = Marker.Diamond },
    ];

    internal override double SuitableHeight(double plotWidth, bool alone) => Math.Max(50, RowRoom * Rows.Count);

    internal override void DrawInside(SvgCanvas canvas, Frame frame)
    {
        for (int i = 0; i < Rows.Count; i++)
        {
            (RangeRow row, double y) = (Rows[i], frame.Y(i));
            if (Plottable.IsOn(row.Low, ValueAxis.Scale) && Plottable.IsOn(row.High, ValueAxis.Scale)
                && Clip.Segment(new(frame.X(row.Low), y), new(frame.X(row.High), y), frame.Area) is (Point left, Point right))
            {
                canvas.Line(left, right, Paint.Series(0), 4);
                canvas.Segments([(left with { Y = y - Cap }, left with { Y = y + Cap }), (right with { Y = y - Cap }, right with { Y = y + Cap })], Paint.Series(0), 1.6);
            }

            if (row.Mark is double mark && frame.Horizontal.Shows(mark)) Markers.Draw(canvas, Marker.Diamond, new Point(frame.X(mark), y), Paint.Series(1), 4.5);
        }
    }
}
