using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>The way of an optimiser over a function: one point per step, the start included.</summary>
/// <param name="Name">What went this way; unique in its chart.</param>
/// <param name="X">Horizontal places.</param>
/// <param name="Y">Vertical places, one for each.</param>
public sealed record ContourPath(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    internal LineSeries AsSeries => new(Name, Y) { X = X };

    internal void Check() => Lengths.Check($"Every step of '{Name}' has two places", "vertical ones", X.Count, Y.Count);
}
