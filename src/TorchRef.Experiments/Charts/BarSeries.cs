using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>One bar for each category.</summary>
/// <param name="Name">What the bars are; unique in its chart.</param>
/// <param name="Values">Their lengths, one for each category.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Lower ends of whiskers, as values on the axis; null, the default, for none.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper ends of whiskers, as values on the axis; null, the default, for none.</summary>
    public IReadOnlyList<double>? High { get; init; }

    internal void Check(int categories)
    {
        Lengths.Check($"Every category has its bar in '{Name}'", "values", categories, Values.Count);
        if (Low is null != High is null) throw new ArgumentException($"A whisker has two ends: expected both for '{Name}' but got one.");
        if (Low is not null) Lengths.Check($"Every bar of '{Name}' has its whisker", "lower ends", categories, Low.Count);
        if (High is not null) Lengths.Check($"Every bar of '{Name}' has its whisker", "upper ends", categories, High.Count);
    }
}
