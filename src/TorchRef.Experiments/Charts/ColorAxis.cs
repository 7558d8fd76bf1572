using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>A scale of colours: what it shows and how.</summary>
/// <param name="Title">What the colours show; empty for no title.</param>
public sealed record ColorAxis(string Title)
{
    /// <summary>The unit, written in parentheses behind the title; null, the default, for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Sequential by default.</summary>
    public ColorScaleKind Kind { get; init; } = ColorScaleKind.Sequential;

    /// <summary>Linear by default; a diverging scale is always linear.</summary>
    public AxisScale Scale { get; init; } = AxisScale.Linear;

    /// <summary>Value of the first colour; null, the default, leaves it to the data. Smaller values get the first colour too.</summary>
    public double? Min { get; init; }

    /// <summary>Value of the last colour; null, the default, leaves it to the data. Larger values get the last colour too.</summary>
    public double? Max { get; init; }

    internal Axis AsAxis => new(Title) { Unit = Unit, Scale = Scale, Min = Min, Max = Max };

    internal void Check()
    {
        AsAxis.Check("colour");
        if (Kind != ColorScaleKind.Diverging) return;
        if (Scale == AxisScale.Log)
            throw new ArgumentException("A diverging scale shows values on both sides of 0: expected a linear one but got a logarithmic one.");
        if (Min >= 0 || Max <= 0)
            throw new ArgumentException($"A diverging scale has 0 in its middle: expected a minimum below and a maximum above it but got {NumberText.Exact(Min ?? -Max!.Value)} and {NumberText.Exact(Max ?? -Min!.Value)}.");
        if (Min is double min && Max is double max && min != -max)
            throw new ArgumentException($"A diverging scale has 0 in its middle: expected a minimum of {NumberText.Exact(-max)} but got {NumberText.Exact(min)}.");
    }
}
