using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Points over two axes, such as trials of a search over learning rate and weight decay, coloured by accuracy.</summary>
public sealed record ScatterChart : PanelChart
{
    private const double Radius = 4;

    /// <summary>The horizontal axis.</summary>
    public required Axis XAxis { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis YAxis { get; init; }

    /// <summary>The points, the first ones lowest.</summary>
    public required IReadOnlyList<ScatterSeries> Series { get; init; }

    /// <summary>What colours show; needed when a series has values, null by default.</summary>
    public ColorAxis? ColorAxis { get; init; }

    internal override string Kind => "Scatter chart";

    internal override IReadOnlyList<string> SeriesNames => [.. Series.Select(series => series.Name)];

    internal override AxisNeed HorizontalNeed => new(XAxis, DataRange.Of(Series.SelectMany(series => series.X), XAxis.Scale));

    internal override AxisNeed VerticalNeed => new(YAxis, DataRange.Of(Series.SelectMany(series => series.Y), YAxis.Scale));

    internal override ColorNeed? ColorNeed =>
        ColorAxis is null ? null : new ColorNeed(ColorAxis, DataRange.Of(Series.SelectMany(series => series.Values ?? []), ColorAxis.Scale));

    internal override Gaps Gaps => Series.Aggregate(default(Gaps), (sum, series) => sum + Gaps.Of(series.X, XAxis.Scale) + Gaps.Of(series.Y, YAxis.Scale));

    internal override IReadOnlyList<string> Notes =>
        ColorAxis is not null && Series.Any(series => series.Values?.Any(value => !Plottable.IsOn(value, ColorAxis.Scale)) == true)
            ? ["Empty marks: the value has no colour because it isn't finite or, on a logarithmic scale, not positive."]
            : [];

    internal override void Check()
    {
        base.Check();
        Lengths.CheckNames(SeriesNames);
        foreach (ScatterSeries series in Series)
        {
            series.Check();
            if (series.Values is not null && ColorAxis is null)
                throw new ArgumentException($"Colours that show values have a scale: expected a colour axis for '{series.Name}' but got none.");
        }
    }

    internal override IReadOnlyList<LegendItem> Legend(SeriesStyles styles) =>
        styles.Count < 2 ? [] : [.. Series.Select(series => new LegendItem(series.Name, PaintOf(series, styles))
        {
            Marker = MarkerOf(series, styles),
            IsEmpty = !Enumerable.Range(0, series.X.Count).Any(i => Plottable.IsOn(series.X[i], XAxis.Scale) && Plottable.IsOn(series.Y[i], YAxis.Scale)),
        })];

    internal override void DrawInside(SvgCanvas canvas, Frame frame)
    {
        foreach (ScatterSeries series in Series)
        {
            Marker marker = MarkerOf(series, frame.Styles);
            for (int i = 0; i < series.X.Count; i++)
            {
                if (!frame.HasPlace(series.X[i], series.Y[i])) continue;
                Point at = frame.At(series.X[i], series.Y[i]);
                if (!frame.Area.Contains(at)) continue;
                if (series.Values is null) Markers.Draw(canvas, marker, at, PaintOf(series, frame.Styles), Radius);
                else if (frame.Colors!.HasPlace(series.Values[i])) Markers.Draw(canvas, marker, at, frame.Colors.Paint(series.Values[i]), Radius, Paint.Axis);
                else Markers.Draw(canvas, marker, at, Paint.Background, Radius, Paint.Axis);
            }
        }
    }

    /// <summary>Points coloured by value stand in the legend in a neutral colour.</summary>
    private static Paint PaintOf(ScatterSeries series, SeriesStyles styles) => series.Values is null ? styles.PaintOf(series.Name) : Paint.Axis;

    private static Marker MarkerOf(ScatterSeries series, SeriesStyles styles)
    {
        Marker marker = styles.MarkerOf(series.Name, series.Marker);
        return marker == Marker.None ? Marker.Circle : marker;
    }
}
