using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Names beside the ends of lines, moved apart so that none covers another.</summary>
internal sealed class EndLabelLayout
{
    private const double Offset = 8;
    private const double SampleGap = 5;
    private const double Spacing = 4;
    private readonly List<(EndLabel Label, IReadOnlyList<string> Lines)> _labels;

    public EndLabelLayout(IReadOnlyList<EndLabel> labels, double maxTextWidth)
    {
        _labels = [.. labels.Select(label => (label, TextWrap.Lines(label.Item.Text, FontSizes.Legend, maxTextWidth)))];
        double text = _labels.Count == 0 ? 0 : _labels.Max(label => TextMetrics.Width(label.Lines, FontSizes.Legend));
        Width = Offset + LegendItem.SampleWidth + SampleGap + text;
        Height = _labels.Sum(label => HeightOf(label.Lines) + Spacing);
    }

    /// <summary>Room that the labels take to the right of the plot.</summary>
    public double Width { get; }

    /// <summary>Room that the labels take when they stand close.</summary>
    public double Height { get; }

    public void Draw(SvgCanvas canvas, Frame frame)
    {
        var sorted = _labels.OrderBy(label => label.Label.Value is double value ? frame.Y(value) : frame.Area.Bottom).ToArray();
        double[] tops = new double[sorted.Length];
        // Each at its line's end or below the label above it, then up again from the bottom.
        double free = frame.Area.Top - Spacing;
        for (int i = 0; i < sorted.Length; i++)
        {
            double wanted = (sorted[i].Label.Value is double value ? frame.Y(value) : frame.Area.Bottom) - HeightOf(sorted[i].Lines) / 2;
            tops[i] = Math.Max(wanted, free);
            free = tops[i] + HeightOf(sorted[i].Lines) + Spacing;
        }

        free = frame.Area.Bottom + Spacing;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            tops[i] = Math.Min(tops[i], free - HeightOf(sorted[i].Lines));
            free = tops[i] - Spacing;
        }

        double left = frame.Area.Right + Offset;
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i].Label.Item.DrawSample(canvas, left, tops[i] + HeightOf(sorted[i].Lines) / 2);
            canvas.TextBlock(sorted[i].Lines, left + LegendItem.SampleWidth + SampleGap, tops[i], FontSizes.Legend, Paint.Text);
        }
    }

    private static double HeightOf(IReadOnlyList<string> lines) => TextMetrics.Height(Math.Max(lines.Count, 1), FontSizes.Legend);
}
