using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>How values are spread, such as the activations of a layer.</summary>
public sealed record Histogram : PanelChart
{
    private const double Opacity = 0.45;

    /// <summary>The counted values.</summary>
    public required HistogramBins Bins { get; init; }

    /// <summary>The horizontal axis: what was counted.</summary>
    public required Axis XAxis { get; init; }

    /// <summary>The vertical axis; <c>count</c> by default, or <c>share (%)</c> with <see cref="AsShare"/>.</summary>
    public Axis? YAxis { get; init; }

    /// <summary>Whether bars show per cent of all values, those without a bin included, rather than counts; false by default.</summary>
    public bool AsShare { get; init; }

    internal override string Kind => "Histogram";

    internal override AxisNeed HorizontalNeed => new(XAxis, DataRange.Of(Bins.Edges, XAxis.Scale), AxisPadding.None);

    internal override AxisNeed VerticalNeed =>
        new(YAxis ?? (AsShare ? new Axis("share") { Unit = "%" } : new Axis("count")), HeightRange(), AxisPadding.FromZero) { Counts = !AsShare };

    /// <summary>What has no bin is told in the notes.</summary>
    internal override Gaps Gaps => default;

    internal override IReadOnlyList<string> Notes
    {
        get
        {
            string where = Title.Length == 0 ? "" : $"{Title}: ";
            if (All == 0) return [$"{where}no values."];
            if (Bins.Outside + Bins.NotFinite == 0) return [];
            string outside = Bins.Outside == 0 ? "" : $"{Bins.Outside} outside the bins";
            string notFinite = Bins.NotFinite == 0 ? "" : $"{Bins.NotFinite} not finite";
            return [$"{where}{string.Join(", ", new[] { outside, notFinite }.Where(part => part.Length > 0))}, of {All} values."];
        }
    }

    private long All => Bins.Counts.Sum() + Bins.Outside + Bins.NotFinite;

    internal override void Check()
    {
        Bins.Check();
        base.Check();
        if (XAxis.Scale == AxisScale.Log && Bins.Edges[0] <= 0)
            throw new ArgumentException($"A logarithmic axis has positive values: expected a first edge above 0 but got {NumberText.Exact(Bins.Edges[0])}.");
    }

    internal override void DrawInside(SvgCanvas canvas, Frame frame)
    {
        Paint paint = Paint.Series(0);
        var outline = new List<Point> { new(frame.X(Bins.Edges[0]), frame.Area.Bottom) };
        for (int i = 0; i < Bins.Counts.Count; i++)
        {
            double height = Height(i), y = frame.Vertical.Kind == AxisScale.Log && height <= 0 ? frame.Area.Bottom : frame.Y(height);
            outline.Add(new Point(frame.X(Bins.Edges[i]), y));
            outline.Add(new Point(frame.X(Bins.Edges[i + 1]), y));
        }

        outline.Add(new Point(frame.X(Bins.Edges[^1]), frame.Area.Bottom));
        List<Point> area = Clip.Polygon(outline, frame.Area);
        if (area.Count > 2) canvas.Polygon(area, paint, null, Opacity);
        frame.Polyline(canvas, outline, paint, 1.3);
    }

    private DataRange HeightRange()
    {
        AxisScale scale = YAxis?.Scale ?? AxisScale.Linear;
        return DataRange.Of(Enumerable.Range(0, Bins.Counts.Count).Select(Height), scale);
    }

    private double Height(int bin) => AsShare ? 100.0 * Bins.Counts[bin] / Math.Max(All, 1) : Bins.Counts[bin];
}
