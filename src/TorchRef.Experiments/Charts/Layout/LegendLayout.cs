using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>A legend above the plot: names in rows, as many as fit.</summary>
internal sealed class LegendLayout
{
    private const double SampleGap = 6;
    private const double ItemGap = 20;
    private const double RowGap = 4;
    private readonly List<(LegendItem Item, IReadOnlyList<string> Lines, double X, double Y)> _places = [];

    public LegendLayout(IReadOnlyList<LegendItem> items, double width)
    {
        double x = 0, y = 0, rowHeight = 0;
        foreach (LegendItem item in items)
        {
            IReadOnlyList<string> lines = TextWrap.Lines(item.Text, FontSizes.Legend, width - LegendItem.SampleWidth - SampleGap);
            double itemWidth = LegendItem.SampleWidth + SampleGap + TextMetrics.Width(lines, FontSizes.Legend);
            if (x > 0 && x + itemWidth > width)
            {
                (x, y) = (0, y + rowHeight + RowGap);
                rowHeight = 0;
            }

            _places.Add((item, lines, x, y));
            x += itemWidth + ItemGap;
            rowHeight = Math.Max(rowHeight, TextMetrics.Height(Math.Max(lines.Count, 1), FontSizes.Legend));
        }

        Height = y + rowHeight;
    }

    public double Height { get; }

    public void Draw(SvgCanvas canvas, double left, double top)
    {
        foreach ((LegendItem item, IReadOnlyList<string> lines, double x, double y) in _places)
        {
            item.DrawSample(canvas, left + x, top + y + TextMetrics.Height(1, FontSizes.Legend) / 2);
            canvas.TextBlock(lines, left + x + LegendItem.SampleWidth + SampleGap, top + y, FontSizes.Legend, Paint.Text);
        }
    }
}
