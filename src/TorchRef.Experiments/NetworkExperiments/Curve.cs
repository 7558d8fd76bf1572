namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>A measure of one kind of network along its training, seed by seed.</summary>
/// <param name="Name">Which kind of network.</param>
/// <param name="OfSeeds">
/// For each seed the values, one a measurement (or a mini-batch, where it says so), as many for one as for the other; of an
/// interrupted run those that there are, which can be none.
/// </param>
public sealed record Curve(string Name, IReadOnlyList<IReadOnlyList<double>> OfSeeds)
{
    /// <summary>How many values each seed has.</summary>
    public int Count => OfSeeds.Count == 0 ? 0 : OfSeeds[0].Count;

    /// <summary>The last value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public OverSeeds Final => At(^1);

    /// <summary>The value at each measurement.</summary>
    public IReadOnlyList<OverSeeds> Along => [.. Enumerable.Range(0, Count).Select(i => At(i))];

    /// <summary>The value at a measurement.</summary>
    /// <param name="measurement">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public OverSeeds At(Index measurement)
    {
        var offset = measurement.GetOffset(Count);
        if (offset < 0 || offset >= Count) throw new InvalidOperationException($"only what was measured can be told: expected one of {Count} measurements but got {measurement}");
        return OverSeeds.Of(OfSeeds.Select(values => values[offset]));
    }
}
