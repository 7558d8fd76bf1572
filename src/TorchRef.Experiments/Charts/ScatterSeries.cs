using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Points of one kind.</summary>
/// <param name="Name">What the points are; unique in its chart.</param>
/// <param name="X">Where they lie horizontally.</param>
/// <param name="Y">Where they lie vertically, one for each.</param>
public sealed record ScatterSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>A value for each point that its colour shows; null, the default, gives all the colour of the series.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>The mark; null, the default, takes one that the others don't have.</summary>
    public Marker? Marker { get; init; }

    internal void Check()
    {
        Lengths.Check($"Every point of '{Name}' has two places", "vertical ones", X.Count, Y.Count);
        if (Values is not null) Lengths.Check($"Every point of '{Name}' has its value", "values", X.Count, Values.Count);
    }
}
