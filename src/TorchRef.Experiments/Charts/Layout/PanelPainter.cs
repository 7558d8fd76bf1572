using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Draws one panel: grid, content, axes, numbers and titles.</summary>
internal static class PanelPainter
{
    public static void Draw(SvgCanvas canvas, PanelCell cell, Frame frame)
    {
        Box area = frame.Area;
        canvas.Segments(cell.Horizontal.Labels.Where(label => label.Lines.Count > 0 && cell.HorizontalNeed.Categories is null).Select(label => frame.X(label.Value))
            .Select(x => (new Point(x, area.Top), new Point(x, area.Bottom))), Paint.Grid);
        canvas.Segments(cell.Vertical.Labels.Where(label => label.Lines.Count > 0 && cell.VerticalNeed.Categories is null).Select(label => frame.Y(label.Value))
            .Select(y => (new Point(area.Left, y), new Point(area.Right, y))), Paint.Grid);
        cell.Chart.DrawInside(canvas, frame);
        if (WhyEmpty(cell.Chart, frame) is string reason) Say(canvas, area, reason);
        canvas.Polyline([new(area.Left, area.Top), new(area.Left, area.Bottom), new(area.Right, area.Bottom)], Paint.Axis);
        DrawBelow(canvas, cell, frame);
        DrawLeft(canvas, cell, frame);
        canvas.TextBlock(cell.TitleLines, area.Left, area.Top - cell.Above, FontSizes.PanelTitle, Paint.Text);
    }

    private static string? WhyEmpty(PanelChart chart, Frame frame)
    {
        (DataRange x, DataRange y) = (chart.HorizontalNeed.Data, chart.VerticalNeed.Data);
        if (x.IsEmpty || y.IsEmpty) return "no values to show";
        bool beyond = x.Max < frame.Horizontal.Min || x.Min > frame.Horizontal.Max || y.Max < frame.Vertical.Min || y.Min > frame.Vertical.Max;
        return beyond ? "all values lie beyond the limits of the axes" : null;
    }

    private static void Say(SvgCanvas canvas, Box area, string text)
    {
        IReadOnlyList<string> lines = TextWrap.Lines(text, FontSizes.Note, area.Width - 8);
        double height = TextMetrics.Height(lines.Count, FontSizes.Note);
        if (height < area.Height) canvas.TextBlock(lines, area.CentreX, area.CentreY - height / 2, FontSizes.Note, Paint.Muted, "middle");
    }

    private static void DrawBelow(SvgCanvas canvas, PanelCell cell, Frame frame)
    {
        double bottom = frame.Area.Bottom, top = bottom + PanelCell.TickLength + PanelCell.TickGap;
        canvas.Segments(cell.Horizontal.Labels.Select(label => (new Point(frame.X(label.Value), bottom), new Point(frame.X(label.Value), bottom + Length(label)))), Paint.Axis);
        if (!cell.LabelsBelow) return;
        foreach (AxisLabel label in cell.Horizontal.Labels)
        {
            double x = frame.X(label.Value);
            if (!cell.Horizontal.Slanted)
            {
                canvas.TextBlock(label.Lines, x, top, FontSizes.Tick, Paint.Muted, "middle");
                continue;
            }

            foreach (string line in label.Lines)
                canvas.Text(line, new Point(x + 0.35 * FontSizes.Tick, top + 0.65 * FontSizes.Tick), FontSizes.Tick, Paint.Muted, "end", -45);
        }

        canvas.TextBlock(cell.HorizontalTitle, frame.Area.CentreX, top + cell.Horizontal.Height + PanelCell.TitleGap, FontSizes.AxisTitle, Paint.Text, "middle");
    }

    private static void DrawLeft(SvgCanvas canvas, PanelCell cell, Frame frame)
    {
        double left = frame.Area.Left, right = left - PanelCell.TickLength - PanelCell.TickGap;
        canvas.Segments(cell.Vertical.Labels.Select(label => (new Point(left - Length(label), frame.Y(label.Value)), new Point(left, frame.Y(label.Value)))), Paint.Axis);
        if (!cell.LabelsLeft) return;
        foreach (AxisLabel label in cell.Vertical.Labels)
            canvas.TextBlock(label.Lines, right, frame.Y(label.Value) - TextMetrics.Height(label.Lines.Count, FontSizes.Tick) / 2, FontSizes.Tick, Paint.Muted, "end");
        if (cell.VerticalTitle.Count > 0)
            UprightTitle(canvas, cell.VerticalTitle, left - cell.LabelRoom, frame.Area.CentreY);
    }

    /// <summary>Lines that read upwards, the first one leftmost.</summary>
    public static void UprightTitle(SvgCanvas canvas, IReadOnlyList<string> lines, double left, double centreY)
    {
        for (int i = 0; i < lines.Count; i++)
            canvas.Text(lines[i], new Point(left + (TextMetrics.Ascent + i * TextMetrics.LineHeight) * FontSizes.AxisTitle, centreY), FontSizes.AxisTitle, Paint.Text, "middle", -90);
    }

    private static double Length(AxisLabel label) => label.Lines.Count > 0 ? PanelCell.TickLength : PanelCell.TickLength / 2;
}
