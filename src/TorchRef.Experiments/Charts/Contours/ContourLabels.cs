using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts.Contours;

/// <summary>Writes heights onto contour lines, where there is room for them.</summary>
internal sealed class ContourLabels(Box area, IReadOnlyList<Box> taken)
{
    private const double ShortestLine = 60;
    private const double LabelDistance = 9;
    private readonly List<Box> _labelled = [];
    private readonly List<(string Text, Point Centre)> _labels = [];

    /// <summary>Finds a place on the line for its label, or leaves the line without one when it is short or everything is taken.</summary>
    public void Add(IReadOnlyList<Point> line, string text)
    {
        double length = 0;
        for (int i = 1; i < line.Count; i++) length += Math.Sqrt(Square(line[i].X - line[i - 1].X) + Square(line[i].Y - line[i - 1].Y));
        if (length < ShortestLine) return;
        double width = TextMetrics.Width(text, FontSizes.Mark) + 4, height = TextMetrics.Height(1, FontSizes.Mark);
        Box inside = area.Grown(-2);
        // Candidates from the middle of the line outwards.
        foreach (int i in Enumerable.Range(0, line.Count).OrderBy(i => Math.Abs(i - line.Count / 2)))
        {
            var box = new Box(line[i].X - width / 2, line[i].Y - height / 2, width, height);
            if (!inside.Contains(box) || taken.Any(box.Overlaps) || _labelled.Any(box.Grown(LabelDistance).Overlaps)) continue;
            _labelled.Add(box);
            _labels.Add((text, line[i]));
            return;
        }
    }

    public void Draw(SvgCanvas canvas)
    {
        double height = TextMetrics.Height(1, FontSizes.Mark);
        foreach ((string text, Point centre) in _labels)
        {
            double width = TextMetrics.Width(text, FontSizes.Mark) + 2;
            canvas.Rectangle(new Box(centre.X - width / 2, centre.Y - height / 2, width, height), Paint.Background);
            canvas.TextBlock([text], centre.X, centre.Y - height / 2, FontSizes.Mark, Paint.Muted, "middle");
        }
    }

    private static double Square(double value) => value * value;
}
