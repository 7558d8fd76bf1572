using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Lines over a horizontal axis, such as losses and accuracies over epochs.</summary>
public sealed record LineChart : PanelChart
{
    private const double LineWidth = 1.8;

    /// <summary>The horizontal axis.</summary>
    public required Axis XAxis { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis YAxis { get; init; }

    /// <summary>The lines, the first one lowest.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>Where names stand; in a legend by default. A line alone needs none.</summary>
    public SeriesLabels Labels { get; init; } = SeriesLabels.Legend;

    internal override string Kind => "Line chart";

    internal override IReadOnlyList<string> SeriesNames => [.. Series.Select(series => series.Name)];

    internal override AxisNeed HorizontalNeed => new(XAxis, DataRange.Of(Series.SelectMany(series => series.AllX), XAxis.Scale)) { Counts = true };

    internal override AxisNeed VerticalNeed =>
        new(YAxis, DataRange.Of(Series.SelectMany(series => series.Y.Concat(series.Low ?? []).Concat(series.High ?? [])), YAxis.Scale));

    internal override Gaps Gaps => Series.Aggregate(default(Gaps), (sum, series) => sum + Gaps.Of(series.Y, YAxis.Scale) + Gaps.Of(series.X ?? [], XAxis.Scale));

    internal override IReadOnlyList<string> Notes =>
        YAxis.Scale == AxisScale.Log && Series.Any(series => series.Low is not null && series.Low.Zip(series.High!).Any(band => band.First <= 0 && Plottable.IsOn(band.Second, AxisScale.Log)))
            ? ["Bands that reach 0 or below run to the lower edge of the logarithmic axis."]
            : [];

    internal override void Check()
    {
        base.Check();
        Lengths.CheckNames(SeriesNames);
        foreach (LineSeries series in Series) series.Check();
    }

    internal override IReadOnlyList<LegendItem> Legend(SeriesStyles styles) =>
        Labels == SeriesLabels.None || styles.Count < 2 ? [] : [.. Series.Select(series => Item(series, styles))];

    internal override IReadOnlyList<EndLabel>? EndLabels(SeriesStyles styles) =>
        Labels != SeriesLabels.LineEnds || Series.Count == 0 ? null : [.. Series.Select(series => new EndLabel(Item(series, styles), EndOf(series)))];

    internal override void DrawInside(SvgCanvas canvas, Frame frame)
    {
        foreach (LineSeries series in Series.Where(series => series.Low is not null)) LinePainter.Band(canvas, frame, series, frame.Styles.PaintOf(series.Name, series.Color));
        foreach (LineSeries series in Series)
        {
            Marker marker = frame.Styles.MarkerOf(series.Name, series.Marker);
            Paint paint = frame.Styles.PaintOf(series.Name, series.Color);
            LinePainter.Line(canvas, frame, series, paint, LineWidth, frame.Styles.DashOf(series.Name, series.Dash), marker == Marker.None);
            LinePainter.Marks(canvas, frame, series, paint, marker, frame.Styles.Place(series.Name));
        }
    }

    private LegendItem Item(LineSeries series, SeriesStyles styles) => new(series.Name, styles.PaintOf(series.Name, series.Color))
    {
        Dash = styles.DashOf(series.Name, series.Dash),
        Marker = styles.MarkerOf(series.Name, series.Marker),
        LineWidth = LineWidth,
        IsEmpty = EndOf(series) is null,
    };

    private double? EndOf(LineSeries series)
    {
        for (int i = series.Y.Count - 1; i >= 0; i--)
        {
            if (Plottable.IsOn(series.Y[i], YAxis.Scale) && Plottable.IsOn(series.At(i), XAxis.Scale)) return series.Y[i];
        }

        return null;
    }
}
