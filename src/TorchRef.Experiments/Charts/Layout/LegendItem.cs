using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>A name beside a sample of how it looks.</summary>
internal sealed record LegendItem(string Name, Paint Paint)
{
    public const double SampleWidth = 28;

    public LineDash Dash { get; init; } = LineDash.None;

    public Marker Marker { get; init; } = Marker.None;

    /// <summary>Pattern of a filled box; null for lines and marks.</summary>
    public int? Hatch { get; init; }

    /// <summary>Whether nothing of it can be shown.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What is written beside the sample.</summary>
    public string Text => IsEmpty ? $"{Name} (no values)" : Name;

    /// <summary>Thickness of the line.</summary>
    public double LineWidth { get; init; } = 1.8;

    /// <summary>Draws the sample from <paramref name="left"/>, centred on <paramref name="y"/>.</summary>
    public void DrawSample(SvgCanvas canvas, double left, double y)
    {
        if (Hatch is int pattern) Hatching.Fill(canvas, new Box(left + 5, y - 5.5, 18, 11), pattern, Paint);
        if (Dash != LineDash.None) canvas.Polyline([new(left, y), new(left + SampleWidth, y)], Paint, LineWidth, Dash);
        Markers.Draw(canvas, Marker, new Point(left + SampleWidth / 2, y), Paint);
    }
}

/// <summary>A name that belongs beside the end of its line, at this value of the vertical axis; null when the line has no end.</summary>
internal sealed record EndLabel(LegendItem Item, double? Value);
