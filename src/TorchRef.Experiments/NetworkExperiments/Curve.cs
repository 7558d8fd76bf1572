using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>A measure of one kind of network along its training, seed by seed.</summary>
/// <param name="Name">Which kind of network.</param>
/// <param name="Places">Where the values of a whole training lie: numbers of measurements, or of updates.</param>
/// <param name="OfSeeds">
/// For each seed the values, one at each place, as many for one as for the other; of an interrupted run those that there are,
/// which can be none.
/// </param>
internal sealed record Curve(string Name, IReadOnlyList<double> Places, IReadOnlyList<IReadOnlyList<double>> OfSeeds)
{
    /// <summary>How many values each seed has.</summary>
    public int Count => OfSeeds.Count == 0 ? 0 : OfSeeds[0].Count;

    /// <summary>The places that have values.</summary>
    public IReadOnlyList<double> X => [.. Places.Take(Count)];

    /// <summary>The last value of each seed; none when there is none.</summary>
    public IReadOnlyList<double> Final => Count == 0 ? [] : [.. OfSeeds.Select(values => values[^1])];

    /// <summary>The mean of all values of each seed: of an accuracy the higher, the earlier it rises.</summary>
    public IReadOnlyList<double> Area => Count == 0 ? [] : [.. OfSeeds.Select(values => values.Average())];

    /// <summary>The value of each seed at a place; none when it hasn't come there.</summary>
    public IReadOnlyList<double> At(double place)
    {
        var index = X.ToList().IndexOf(place);
        return index < 0 ? [] : [.. OfSeeds.Select(values => values[index])];
    }

    /// <summary>The means of so many neighbours each, at the place of their middle; what is left over at the end is too few to tell.</summary>
    public Curve Smoothed(int neighbours) => new(Name, Means(X, neighbours), [.. OfSeeds.Select(values => Means(values, neighbours))]);

    /// <summary>The mean over the seeds with its band; no line when nothing was measured yet.</summary>
    /// <param name="name">What to call it; null, the default, for its own name.</param>
    public IEnumerable<LineSeries> Lines(string? name = null) =>
        Count == 0 ? [] : [LineSeries.OfRuns(name ?? Name, OfSeeds) with { X = X, Marker = Count > 30 ? Marker.None : null }];

    private static IReadOnlyList<double> Means(IReadOnlyList<double> values, int neighbours) =>
        [.. values.Chunk(neighbours).Where(part => part.Length == neighbours).Select(part => part.Average())];
}
