using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Notebooks;

namespace TorchRef.Experiments.Charts;

/// <summary>A picture of numbers that writes itself as SVG: the same input gives the same bytes, everywhere.</summary>
/// <remarks>
/// Charts stay readable without colour: lines differ in dashes and marks, bars in hatching, colour scales in lightness.
/// Values that can't be shown (not finite, or 0 and below on a logarithmic axis) leave gaps and are counted below the chart.
/// </remarks>
[TypeFormatterSource(typeof(ChartFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml"])]
public abstract record Chart
{
    /// <summary>Narrowest picture, in pixels.</summary>
    public const double SmallestWidth = 160;

    internal Chart()
    {
    }

    /// <summary>What the chart shows, above it; breaks into lines where it must.</summary>
    public required string Title { get; init; }

    /// <summary>Text below the chart: settings, number of runs, what bands mean; null, the default, for none.</summary>
    public string? Caption { get; init; }

    /// <summary>For readers who don't see the picture; null, the default, names its kind, axes and series.</summary>
    public string? Description { get; init; }

    /// <summary>Width of the whole picture in pixels; 720 by default. The height follows from what is in it.</summary>
    public double Width { get; init; } = 720;

    /// <summary>The chart as a self-contained SVG picture.</summary>
    /// <param name="theme">Light or dark; <see cref="ChartTheme.Auto"/>, the default, follows the reader's system.</param>
    /// <exception cref="ArgumentException">The parts of the chart contradict each other; the message says which.</exception>
    public string ToSvg(ChartTheme theme = ChartTheme.Auto)
    {
        if (!(Width >= SmallestWidth && Width <= 10_000))
            throw new ArgumentException($"A picture needs room: expected a width of {SmallestWidth} to 10000 pixels but got {Layout.NumberText.Exact(Width)}.");
        var canvas = new SvgCanvas(theme);
        double height = Draw(canvas);
        return canvas.Finish(Width, height, Title, Description ?? Summary());
    }

    /// <summary>Writes the SVG to a file, whole or not at all; folders that are missing are made.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="theme">As for <see cref="ToSvg"/>.</param>
    /// <exception cref="ArgumentException">The parts of the chart contradict each other.</exception>
    public void Write(string path, ChartTheme theme = ChartTheme.Auto) => TextFile.Write(path, ToSvg(theme));

    /// <summary>Draws everything and returns the height.</summary>
    internal abstract double Draw(SvgCanvas canvas);

    /// <summary>One or two sentences that say what the chart shows.</summary>
    internal abstract string Summary();
}
