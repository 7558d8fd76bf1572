using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>The ticks beside a panel, chosen so that no two labels touch.</summary>
internal sealed record VerticalAxis(Scale Scale, IReadOnlyList<AxisLabel> Labels)
{
    private const double MinSpacing = 26;
    private const int MostTicks = 9;

    /// <summary>Width of the widest label, in pixels.</summary>
    public double Width => Labels.Count == 0 ? 0 : Labels.Max(label => TextMetrics.Width(label.Lines, FontSizes.Tick));

    public static VerticalAxis Fit(AxisNeed need, double height, double maxLabelWidth)
    {
        Scale scale = need.Resolve();
        int count = Math.Clamp((int)(height / MinSpacing), 2, MostTicks);
        IReadOnlyList<Tick> ticks = Ticks.Find(scale, need, count);
        // From the bottom up; a label that would touch the last one is left out.
        double free = double.PositiveInfinity;
        var labels = new List<AxisLabel>();
        foreach (Tick tick in ticks.OrderBy(tick => scale.Place(tick.Value)))
        {
            IReadOnlyList<string> lines = TextWrap.Lines(tick.Label, FontSizes.Tick, maxLabelWidth);
            double half = TextMetrics.Height(lines.Count, FontSizes.Tick) / 2, y = (1 - scale.Place(tick.Value)) * height;
            bool fits = lines.Count > 0 && y + half <= free;
            labels.Add(new AxisLabel(tick.Value, fits ? lines : []));
            if (fits) free = y - half - 1;
        }

        return new VerticalAxis(scale, labels);
    }

    /// <summary>Height at which every name of the need has room for all of its lines; 0 for numbers.</summary>
    public static double HeightForNames(AxisNeed need, double maxLabelWidth)
    {
        if (need.Categories is not { Count: > 0 } names) return 0;
        int lines = names.Max(name => TextWrap.Lines(name, FontSizes.Tick, maxLabelWidth).Count);
        return names.Count * (TextMetrics.Height(Math.Max(lines, 1), FontSizes.Tick) + 3);
    }
}
