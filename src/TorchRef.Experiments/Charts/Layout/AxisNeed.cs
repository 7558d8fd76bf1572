namespace TorchRef.Experiments.Charts.Layout;

/// <summary>How much an axis reaches beyond its data.</summary>
internal enum AxisPadding
{
    /// <summary>A little at both ends.</summary>
    Margin,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>From 0 (on a logarithmic axis from the next decade below) to a little beyond the data.</summary>
    FromZero,
}

/// <summary>What a panel wants of an axis; panels that share one have theirs united.</summary>
internal sealed record AxisNeed(Axis Axis, DataRange Data, AxisPadding Padding = AxisPadding.Margin)
{
    /// <summary>Names at the places 0, 1, 2, …; null for numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Whether values grow downwards or to the left.</summary>
    public bool Reversed { get; init; }

    /// <summary>Whether the axis counts something, such as epochs: if all data are whole, so are all ticks.</summary>
    public bool Counts { get; init; }

    /// <summary>Whether only whole numbers are worth a tick.</summary>
    public bool WholeTicks => Counts && Data.Whole && !Data.IsEmpty;

    /// <summary>An axis with a name for each of so many equal parts.</summary>
    public static AxisNeed ForCategories(Axis axis, IReadOnlyList<string> categories, bool reversed = false) =>
        new(axis, new DataRange(-0.5, Math.Max(categories.Count, 1) - 0.5, true), AxisPadding.None) { Categories = categories, Reversed = reversed };

    /// <summary>The need of panels that share the axis; throws <see cref="ArgumentException"/> when they can't.</summary>
    public AxisNeed Union(AxisNeed other, string name)
    {
        if (Axis.Scale != other.Axis.Scale)
            throw new ArgumentException($"Panels share the {name} axis: expected a {Axis.Scale} scale in all of them but got {other.Axis.Scale}.");
        if (Axis.Min != other.Axis.Min || Axis.Max != other.Axis.Max)
            throw new ArgumentException($"Panels share the {name} axis: expected limits {Limits(Axis)} in all of them but got {Limits(other.Axis)}.");
        if ((Categories is null) != (other.Categories is null) || (Categories is not null && !Categories.SequenceEqual(other.Categories!)))
            throw new ArgumentException($"Panels share the {name} axis: expected {Names(this)} in all of them but got {Names(other)}.");
        return this with { Data = Data.Union(other.Data) };
    }

    public Scale Resolve()
    {
        bool log = Axis.Scale == AxisScale.Log;
        (double min, double max) = Reach(log);
        if (Axis.Min is double from) min = from;
        if (Axis.Max is double to) max = to;
        // A limit that was given may lie beyond all data on the other side.
        if (min >= max) (min, max) = Axis.Min is null ? (Below(max, log), max) : (min, Above(min, log));
        return new Scale(Axis.Scale, min, max, Reversed);
    }

    private (double Min, double Max) Reach(bool log)
    {
        if (Data.IsEmpty) return log ? (0.1, 10) : (0, 1);
        (double min, double max) = (Data.Min, Data.Max);
        if (Padding == AxisPadding.FromZero && !log) (min, max) = (Math.Min(min, 0), Math.Max(max, 0));
        if (Padding == AxisPadding.FromZero && log) min = Math.Max(Math.Pow(10, Math.Floor(Math.Log10(min) - 0.001)), double.Epsilon);
        if (log ? max / min < 1.000001 : max - min <= 1e-12 * Math.Max(Math.Abs(min), Math.Abs(max)) || max - min < 1e-290)
            return Padding == AxisPadding.FromZero && min == 0 ? (0, 1) : (Below(min, log), Above(max, log));
        if (Padding == AxisPadding.None) return (min, max);
        const double margin = 0.035;
        double factor = Math.Pow(10, margin * (Math.Log10(Math.Max(max, double.Epsilon)) - Math.Log10(Math.Max(min, double.Epsilon)))), difference = margin * (max - min);
        if (Padding == AxisPadding.FromZero) return log ? (min, max * factor) : (min == 0 ? 0 : min - difference, max == 0 ? 0 : max + difference);
        return log ? (Math.Max(min / factor, double.Epsilon), max * factor) : (min - difference, max + difference);
    }

    private static double Below(double value, bool log) =>
        log ? Math.Max(value / 3, double.Epsilon) : Math.Abs(value) < 1e-280 ? value - 0.5 : value - 0.1 * Math.Abs(value);

    private static double Above(double value, bool log) =>
        log ? Math.Max(value * 3, 3 * double.Epsilon) : Math.Abs(value) < 1e-280 ? value + 0.5 : value + 0.1 * Math.Abs(value);

    private static string Limits(Axis axis) => $"{End(axis.Min)} to {End(axis.Max)}";

    private static string End(double? end) => end is double value ? NumberText.Exact(value) : "automatic";

    private static string Names(AxisNeed need) => need.Categories is null ? "numbers" : $"the names {string.Join(", ", need.Categories.Take(5))}{(need.Categories.Count > 5 ? ", …" : "")}";
}
