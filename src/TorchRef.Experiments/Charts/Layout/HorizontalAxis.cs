using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>The ticks below a panel, chosen so that no two labels touch; long names slant.</summary>
internal sealed record HorizontalAxis(Scale Scale, IReadOnlyList<AxisLabel> Labels, bool Slanted, double Height, double OverhangLeft, double OverhangRight)
{
    private const int MostTicks = 10;
    private const double Gap = 10;
    private const int MostNameLines = 3;
    private static readonly double Slope = Math.Sqrt(0.5);

    public static HorizontalAxis Fit(AxisNeed need, double width)
    {
        Scale scale = need.Resolve();
        if (need.Categories is not null) return FitNames(need, scale, width);
        for (int count = MostTicks; ; count--)
        {
            IReadOnlyList<Tick> ticks = Ticks.Find(scale, need, count);
            if (count <= 1 || Fits(ticks, scale, width)) return Level(scale, [.. ticks.Select(tick => new AxisLabel(tick.Value, tick.IsMinor ? [] : [tick.Label]))], width);
        }
    }

    private static bool Fits(IReadOnlyList<Tick> ticks, Scale scale, double width)
    {
        double free = double.NegativeInfinity;
        foreach (Tick tick in ticks.Where(tick => !tick.IsMinor).OrderBy(tick => scale.Place(tick.Value)))
        {
            double half = TextMetrics.Width(tick.Label, FontSizes.Tick) / 2, x = scale.Place(tick.Value) * width;
            if (x - half < free) return false;
            free = x + half + Gap;
        }

        return true;
    }

    private static HorizontalAxis FitNames(AxisNeed need, Scale scale, double width)
    {
        IReadOnlyList<Tick> ticks = Ticks.Find(scale, need, int.MaxValue);
        double room = width / Math.Max(scale.Max - scale.Min, 1) - 6;
        if (ticks.All(tick => TextWrap.FitsUnbroken(tick.Label, FontSizes.Tick, room, MostNameLines)))
            return Level(scale, [.. ticks.Select(tick => new AxisLabel(tick.Value, TextWrap.Lines(tick.Label, FontSizes.Tick, room)))], width);
        // Slanted lines are a line height apart at right angles; where names are closer, every so many are shown.
        double needed = TextMetrics.LineHeight * FontSizes.Tick / Slope;
        int every = Math.Max(1, (int)Math.Ceiling(needed / (room + 6)));
        AxisLabel[] labels = [.. ticks.Select((tick, i) => new AxisLabel(tick.Value, i % every == 0 && tick.Label.Trim().Length > 0 ? [tick.Label.Trim()] : []))];
        double length = labels.Max(label => TextMetrics.Width(label.Lines, FontSizes.Tick));
        double left = labels.Max(label => (TextMetrics.Width(label.Lines, FontSizes.Tick) + FontSizes.Tick) * Slope - scale.Place(label.Value) * width);
        return new HorizontalAxis(scale, labels, true, (length + 1.2 * FontSizes.Tick) * Slope, Math.Max(left, 0), FontSizes.Tick);
    }

    private static HorizontalAxis Level(Scale scale, IReadOnlyList<AxisLabel> labels, double width)
    {
        double height = labels.Count == 0 ? 0 : labels.Max(label => TextMetrics.Height(label.Lines.Count, FontSizes.Tick));
        double left = 0, right = 0;
        foreach (AxisLabel label in labels)
        {
            double half = TextMetrics.Width(label.Lines, FontSizes.Tick) / 2, x = scale.Place(label.Value) * width;
            (left, right) = (Math.Max(left, half - x), Math.Max(right, x + half - width));
        }

        return new HorizontalAxis(scale, labels, false, height, left, right);
    }
}
