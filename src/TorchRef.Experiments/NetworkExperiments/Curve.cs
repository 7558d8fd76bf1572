namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>A measure of one kind of network along its training, seed by seed.</summary>
/// <param name="Name">Which kind of network.</param>
/// <param name="OfSeeds">For each seed the values, one a measurement (or a mini-batch, where it says so).</param>
public sealed record Curve(string Name, IReadOnlyList<IReadOnlyList<double>> OfSeeds)
{
    /// <summary>The last value.</summary>
    public Spread Final => At(^1);

    /// <summary>The value at a measurement.</summary>
    /// <param name="measurement">Which, from 0.</param>
    public Spread At(Index measurement) => Spread.Of(OfSeeds.Select(values => values[measurement]));

    /// <summary>The value at each measurement.</summary>
    public IReadOnlyList<Spread> Along => [.. Enumerable.Range(0, OfSeeds[0].Count).Select(i => At(i))];
}
