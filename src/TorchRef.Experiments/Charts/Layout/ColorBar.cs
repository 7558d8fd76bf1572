using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>The key to a scale of colours, to the right of the plots.</summary>
internal sealed class ColorBar
{
    private const double Offset = 14;
    private const double BarWidth = 13;
    private const double TickLength = 4;
    private const double MostHeight = 320;
    private readonly ColorMap _map;
    private readonly VerticalAxis _axis;
    private readonly IReadOnlyList<string> _title;
    private readonly double _height;

    public ColorBar(ColorMap map, double plotHeight)
    {
        _map = map;
        _height = Math.Min(plotHeight, MostHeight);
        AxisNeed need = new(map.Axis.AsAxis with { Min = map.Scale.Min, Max = map.Scale.Max }, new DataRange(map.Scale.Min, map.Scale.Max, false), AxisPadding.None);
        _axis = VerticalAxis.Fit(need, _height, double.MaxValue);
        _title = TextWrap.Lines(map.Axis.AsAxis.Caption, FontSizes.AxisTitle, _height);
    }

    public double Width => Offset + BarWidth + TickLength + 3 + _axis.Width + (_title.Count == 0 ? 0 : 8 + TextMetrics.Height(_title.Count, FontSizes.AxisTitle));

    /// <summary>Draws the bar beside the plots, centred on their height.</summary>
    public void Draw(SvgCanvas canvas, double left, double plotTop, double plotHeight)
    {
        var bar = new Box(left + Offset, plotTop + (plotHeight - _height) / 2, BarWidth, _height);
        for (int i = 0; i < _map.Ramp.Count; i++)
            canvas.Cells($"M0 {_map.Ramp.Count - 1 - i}h1v1h-1z", bar, 1, _map.Ramp.Count, _map.Ramp[i]);
        if (_map.Axis.Kind == ColorScaleKind.Diverging)
        {
            // Dashes as in negative cells: in the colour of text on weak colours, in that of the ground on strong ones.
            for (int i = 1; i <= 4; i++)
            {
                double y = bar.CentreY + i * bar.Height / 9;
                canvas.Segments([(new Point(bar.CentreX - 2.5, y), new Point(bar.CentreX + 2.5, y))], i < 3 ? Paint.Text : Paint.Background, 1.2);
            }
        }
        canvas.Rectangle(bar, null, Paint.Axis);
        foreach (AxisLabel label in _axis.Labels)
        {
            double y = bar.Bottom - _axis.Scale.Place(label.Value) * bar.Height;
            canvas.Line(new Point(bar.Right, y), new Point(bar.Right + (label.Lines.Count > 0 ? TickLength : TickLength / 2), y), Paint.Axis);
            canvas.TextBlock(label.Lines, bar.Right + TickLength + 3, y - TextMetrics.Height(label.Lines.Count, FontSizes.Tick) / 2, FontSizes.Tick, Paint.Muted);
        }

        double x = bar.Right + TickLength + 3 + _axis.Width + 8;
        foreach (string line in _title)
        {
            canvas.Text(line, new Point(x + TextMetrics.Ascent * FontSizes.AxisTitle, bar.CentreY), FontSizes.AxisTitle, Paint.Text, "middle", -90);
            x += TextMetrics.LineHeight * FontSizes.AxisTitle;
        }
    }
}
