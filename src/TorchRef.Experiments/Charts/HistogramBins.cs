using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>How many values fall between each two neighbouring edges.</summary>
public sealed record HistogramBins
{
    /// <summary>The limits of the bins, rising; one more than there are bins.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    /// <summary>How many values each bin holds, its lower edge included; the last bin holds its upper edge too.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>How many finite values lie below the first or above the last edge.</summary>
    public long Outside { get; init; }

    /// <summary>How many values are NaN or infinite.</summary>
    public long NotFinite { get; init; }

    /// <summary>Counts values in equally wide bins from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <param name="values">Any values; those that have no bin are counted apart.</param>
    /// <param name="low">First edge.</param>
    /// <param name="high">Last edge, above the first.</param>
    /// <param name="bins">How many bins; at least 1, 30 by default.</param>
    /// <exception cref="ArgumentException">The edges don't rise, or there is no bin.</exception>
    public static HistogramBins Of(IEnumerable<double> values, double low, double high, int bins = 30)
    {
        if (bins < 1) throw new ArgumentException($"A histogram has bins: expected at least 1 but got {bins}.");
        if (!(high - low > 0 && double.IsFinite(high - low)))
            throw new ArgumentException($"Edges of bins rise: expected a last edge above {NumberText.Exact(low)} but got {NumberText.Exact(high)}.");
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => i == bins ? high : low + i * ((high - low) / bins))];
        long[] counts = new long[bins];
        long outside = 0, notFinite = 0;
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) notFinite++;
            else if (value < low || value > high) outside++;
            else counts[Bin(value, edges)]++;
        }

        return new HistogramBins { Edges = edges, Counts = counts, Outside = outside, NotFinite = notFinite };
    }

    internal void Check()
    {
        Lengths.Check("Bins lie between edges", "edges", Counts.Count + 1, Edges.Count);
        if (Counts.Count == 0) throw new ArgumentException("A histogram has bins: expected at least 1 but got 0.");
        for (int i = 0; i < Counts.Count; i++)
        {
            if (Counts[i] < 0) throw new ArgumentException($"Counts aren't negative: expected at least 0 in bin {i} but got {Counts[i]}.");
            if (!(Edges[i] < Edges[i + 1] && Plottable.IsOn(Edges[i], AxisScale.Linear) && Plottable.IsOn(Edges[i + 1], AxisScale.Linear)))
                throw new ArgumentException($"Edges of bins rise: expected one above {NumberText.Exact(Edges[i])} at place {i + 1} but got {NumberText.Exact(Edges[i + 1])}.");
        }
    }

    /// <summary>The bin by the edges themselves, so that rounding never puts a value beside its bin.</summary>
    private static int Bin(double value, double[] edges)
    {
        int place = Array.BinarySearch(edges, value);
        return Math.Min(place >= 0 ? place : ~place - 1, edges.Length - 2);
    }
}
