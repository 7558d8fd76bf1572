using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>An axis: what it shows, in which unit, on which scale.</summary>
/// <param name="Title">What is shown, such as <c>epoch</c>; empty for no title.</param>
public sealed record Axis(string Title)
{
    /// <summary>The unit, written in parentheses behind the title; null, the default, for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Linear by default.</summary>
    public AxisScale Scale { get; init; } = AxisScale.Linear;

    /// <summary>Where the axis starts; null, the default, leaves it to the data. What lies outside isn't drawn.</summary>
    public double? Min { get; init; }

    /// <summary>Where the axis ends; null, the default, leaves it to the data. What lies outside isn't drawn.</summary>
    public double? Max { get; init; }

    internal string Caption => string.IsNullOrWhiteSpace(Unit) ? Title : $"{Title} ({Unit})";

    internal void Check(string name)
    {
        foreach (double limit in (ReadOnlySpan<double>)[Min ?? 1, Max ?? 1])
        {
            if (!Plottable.IsOn(limit, AxisScale.Linear))
                throw new ArgumentException($"The limits of an axis are finite: expected at most 1e300 on the {name} axis but got {NumberText.Exact(limit)}.");
            if (!Plottable.IsOn(limit, Scale))
                throw new ArgumentException($"A logarithmic axis has positive limits: expected one above 0 on the {name} axis but got {NumberText.Exact(limit)}.");
        }

        if (Min is double min && Max is double max && min >= max)
            throw new ArgumentException($"An axis starts below its end: expected a minimum below {NumberText.Exact(max)} on the {name} axis but got {NumberText.Exact(min)}.");
    }
}
