namespace TorchRef.Experiments.Charts.Layout;

/// <summary>A place on an axis that is marked; minor ones have no label.</summary>
internal readonly record struct Tick(double Value, string Label)
{
    public bool IsMinor => Label.Length == 0;
}

/// <summary>Finds round places on an axis.</summary>
internal static class Ticks
{
    /// <summary>Ticks inside the axis in rising order, at most so many of them labelled; none where nothing says which numbers the axis shows.</summary>
    public static IReadOnlyList<Tick> Find(Scale scale, AxisNeed need, int maxCount) =>
        need.Categories is not null
            ? [.. need.Categories.Select((name, place) => new Tick(place, name)).Where(tick => scale.Shows(tick.Value))]
            : need.Data.IsEmpty && (need.Axis.Min is null || need.Axis.Max is null) ? []
            : Find(scale.Kind, scale.Min, scale.Max, maxCount, need.WholeTicks);

    public static IReadOnlyList<Tick> Find(AxisScale scale, double min, double max, int maxCount, bool whole = false) =>
        scale == AxisScale.Log ? LogTicks.Find(min, max, maxCount) : LinearTicks.Find(min, max, maxCount, whole);
}
