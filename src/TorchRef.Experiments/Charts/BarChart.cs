using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Bars side by side for each category, with whiskers for their spread.</summary>
public sealed record BarChart : PanelChart
{
    private const double GroupShare = 0.76;
    private const double WidestBar = 46;
    private const double BarRoom = 17;

    /// <summary>Names of the categories, from left to right or from top to bottom.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The axis along the bars. A logarithmic one starts at a power of ten instead of 0.</summary>
    public required Axis ValueAxis { get; init; }

    /// <summary>The axis of the categories; without a title by default.</summary>
    public Axis CategoryAxis { get; init; } = new("");

    /// <summary>The bars.</summary>
    public required IReadOnlyList<BarSeries> Series { get; init; }

    /// <summary>Whether bars lie, which suits long names; false by default.</summary>
    public bool Horizontal { get; init; }

    internal override string Kind => "Bar chart";

    internal override IReadOnlyList<string> SeriesNames => [.. Series.Select(series => series.Name)];

    internal override AxisNeed HorizontalNeed => Horizontal ? ValueNeed : CategoryNeed;

    internal override AxisNeed VerticalNeed => Horizontal ? CategoryNeed : ValueNeed;

    internal override Gaps Gaps => Series.Aggregate(default(Gaps), (sum, series) => sum + Gaps.Of(series.Values, ValueAxis.Scale));

    private AxisNeed CategoryNeed => AxisNeed.ForCategories(CategoryAxis, Categories, Horizontal);

    private AxisNeed ValueNeed =>
        new(ValueAxis, DataRange.Of(Series.SelectMany(series => series.Values.Concat(series.Low ?? []).Concat(series.High ?? [])), ValueAxis.Scale), AxisPadding.FromZero);

    internal override void Check()
    {
        base.Check();
        Lengths.CheckNames(SeriesNames);
        foreach (BarSeries series in Series) series.Check(Categories.Count);
    }

    internal override IReadOnlyList<LegendItem> Legend(SeriesStyles styles) =>
        styles.Count < 2 ? [] : [.. Series.Select(series => new LegendItem(series.Name, styles.PaintOf(series.Name)) { Hatch = styles.Place(series.Name), IsEmpty = Gaps.Of(series.Values, ValueAxis.Scale).Count == series.Values.Count })];

    internal override double SuitableHeight(double plotWidth, bool alone) =>
        Horizontal ? Math.Max(60, Categories.Count * (10 + BarRoom * Math.Max(Series.Count, 1))) : base.SuitableHeight(plotWidth, alone);

    internal override void DrawInside(SvgCanvas canvas, Frame frame)
    {
        double room = (Horizontal ? frame.Area.Height : frame.Area.Width) / Math.Max(Categories.Count, 1);
        double width = Math.Min(GroupShare * room / Math.Max(Series.Count, 1), WidestBar);
        for (int i = 0; i < Series.Count; i++)
        {
            for (int category = 0; category < Categories.Count; category++)
                DrawBar(canvas, frame, Series[i], category, ((i + 0.5) - Series.Count / 2.0) * width, width);
        }

        double zero = Along(frame, Base(frame));
        canvas.Line(Horizontal ? new(zero, frame.Area.Top) : new(frame.Area.Left, zero), Horizontal ? new(zero, frame.Area.Bottom) : new(frame.Area.Right, zero), Paint.Axis);
    }

    private void DrawBar(SvgCanvas canvas, Frame frame, BarSeries series, int category, double offset, double width)
    {
        double value = series.Values[category];
        if (!Plottable.IsOn(value, ValueAxis.Scale)) return;
        double centre = (Horizontal ? frame.Y(category) : frame.X(category)) + offset;
        double from = Along(frame, Base(frame)), to = Along(frame, value);
        (double start, double length) = (Math.Min(from, to), Math.Abs(to - from));
        double thickness = Math.Max(width - 1.5, 0.5);
        var bar = Horizontal ? new Box(start, centre - thickness / 2, length, thickness) : new Box(centre - thickness / 2, start, thickness, length);
        Hatching.Fill(canvas, bar, frame.Styles.Place(series.Name), frame.Styles.PaintOf(series.Name));
        if (series.Low is null || !double.IsFinite(series.Low[category]) || !Plottable.IsOn(series.High![category], ValueAxis.Scale)) return;
        Whisker(canvas, centre, Along(frame, series.Low[category]), Along(frame, series.High[category]), Math.Min(thickness / 3, 5));
    }

    /// <summary>A line with a cap at either end, on a wider one of the ground so that it shows on any fill.</summary>
    private void Whisker(SvgCanvas canvas, double centre, double low, double high, double cap)
    {
        (Point, Point)[] lines =
        [
            (At(centre, low), At(centre, high)),
            (At(centre - cap, low), At(centre + cap, low)),
            (At(centre - cap, high), At(centre + cap, high)),
        ];
        canvas.Segments(lines, Paint.Background, 3.6);
        canvas.Segments(lines, Paint.Text, 1.3);
    }

    private Point At(double across, double along) => Horizontal ? new Point(along, across) : new Point(across, along);

    /// <summary>Place of a value along the bars, at most at the ends of the axis.</summary>
    private double Along(Frame frame, double value)
    {
        Scale scale = Horizontal ? frame.Horizontal : frame.Vertical;
        double inside = Math.Clamp(value, scale.Min, scale.Max);
        return Horizontal ? frame.X(inside) : frame.Y(inside);
    }

    private double Base(Frame frame) => ValueAxis.Scale == AxisScale.Log ? (Horizontal ? frame.Horizontal : frame.Vertical).Min : 0;
}
