using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>A chart with one horizontal and one vertical axis; alone or as a panel of <see cref="SmallMultiples"/>.</summary>
public abstract record PanelChart : Chart
{
    internal PanelChart()
    {
    }

    /// <summary>Height between the ends of the vertical axis in pixels; null, the default, suits the width.</summary>
    public double? PlotHeight { get; init; }

    /// <summary>What kind of chart it is, in words.</summary>
    internal abstract string Kind { get; }

    /// <summary>Names of the series, in order; the same name looks the same in all panels.</summary>
    internal virtual IReadOnlyList<string> SeriesNames => [];

    internal abstract AxisNeed HorizontalNeed { get; }

    internal abstract AxisNeed VerticalNeed { get; }

    /// <summary>The scale of colours, where values are colours.</summary>
    internal virtual ColorNeed? ColorNeed => null;

    /// <summary>Values that have no place.</summary>
    internal abstract Gaps Gaps { get; }

    /// <summary>Sentences that the reader needs below the chart.</summary>
    internal virtual IReadOnlyList<string> Notes => [];

    /// <summary>Throws <see cref="ArgumentException"/> when parts contradict each other.</summary>
    internal virtual void Check()
    {
        if (PlotHeight is double height && !(height >= 30 && height <= 10_000))
            throw new ArgumentException($"A plot needs room: expected a height of 30 to 10000 pixels but got {NumberText.Exact(height)}.");
        HorizontalNeed.Axis.Check("horizontal");
        VerticalNeed.Axis.Check("vertical");
        ColorNeed?.Axis.Check();
    }

    internal virtual IReadOnlyList<LegendItem> Legend(SeriesStyles styles) => [];

    /// <summary>Labels for the ends of lines; null when names belong into a legend.</summary>
    internal virtual IReadOnlyList<EndLabel>? EndLabels(SeriesStyles styles) => null;

    /// <summary>The height that suits a plot of this width, when none was given.</summary>
    internal virtual double SuitableHeight(double plotWidth, bool alone) =>
        alone ? Math.Clamp(0.52 * plotWidth, 160, 400) : Math.Clamp(0.72 * plotWidth, 70, 220);

    /// <summary>Draws what is inside the axes.</summary>
    internal abstract void DrawInside(SvgCanvas canvas, Frame frame);

    internal override double Draw(SvgCanvas canvas) => new Figure(this).Draw(canvas);

    internal override string Summary()
    {
        string axes = string.Join(" over ", new[] { VerticalNeed.Axis.Caption, HorizontalNeed.Axis.Caption }.Where(caption => caption.Length > 0));
        string series = SeriesNames.Count == 0 ? "" : $" Series: {string.Join(", ", SeriesNames)}.";
        return $"{Kind}{(axes.Length == 0 ? "" : $": {axes}")}.{series}";
    }
}
