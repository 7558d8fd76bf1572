namespace TorchRef.Experiments.Search.Importance;

/// <summary>Measures parameters by the correlation ratio of ranks, against results that are shuffled.</summary>
/// <remarks>
/// Trials are put into up to 8 groups, equally large, by the parameter's value; η² = the sum of squares between groups over the total one,
/// of the results' ranks (the statistic of Kruskal and Wallis, up to a factor). Its mean under 2000 permutations is what chance explains:
/// share = (η² − mean)/(1 − mean), at least 0. Groups find effects that rise and fall; what only shows together with another
/// parameter it doesn't see.
/// </remarks>
public static class ImportanceTest
{
    private const int Permutations = 2000, MostGroups = 8, FewestInGroup = 4;

    /// <summary>Measures each parameter.</summary>
    /// <param name="parameters">Values by name, one a trial.</param>
    /// <param name="results">The result of each trial.</param>
    /// <param name="seed">The seed of the permutations.</param>
    /// <returns>The most important first; none with fewer than 8 trials.</returns>
    public static IReadOnlyList<ParameterImportance> Measure(IReadOnlyDictionary<string, double[]> parameters, double[] results, int seed = 0)
    {
        if (results.Length < 2 * FewestInGroup) return [];
        var ranks = Ranks(results);
        var measured = new List<ParameterImportance>();
        foreach (var (name, values) in parameters)
        {
            if (values.Length != results.Length) throw new ArgumentException($"every trial has a value of {name}: expected {results.Length} but got {values.Length}");
            var groups = Groups(values);
            var observed = Explained(groups, ranks);
            // The generator of .NET stays as it is for a given seed; each parameter meets the same permutations.
            var random = new Random(seed);
            var shuffled = (double[])ranks.Clone();
            double sum = 0;
            var asGood = 0;
            for (var i = 0; i < Permutations; i++)
            {
                random.Shuffle(shuffled);
                var chance = Explained(groups, shuffled);
                sum += chance;
                if (chance >= observed - 1e-12) asGood++;
            }
            var mean = sum / Permutations;
            var p = (asGood + 1.0) / (Permutations + 1);
            measured.Add(new(name, mean >= 1 ? 0 : Math.Max(0, (observed - mean) / (1 - mean)), p, p < 0.05 / parameters.Count));
        }
        return [.. measured.OrderByDescending(importance => importance.Share)];
    }

    /// <summary>Ranks from 0; equal values share the mean of theirs.</summary>
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]];) to++;
            for (var i = from; i < to; i++) ranks[order[i]] = (from + to - 1) / 2.0;
        }
        return ranks;
    }

    /// <summary>A group for each value if there are few, else groups of one size by order.</summary>
    private static int[] Groups(double[] values)
    {
        double[] distinct = [.. values.Distinct().Order()];
        if (distinct.Length <= MostGroups) return [.. values.Select(value => Array.BinarySearch(distinct, value))];
        var count = Math.Clamp(values.Length / FewestInGroup, 2, MostGroups);
        return [.. Ranks(values).Select(rank => (int)(rank * count / values.Length))];
    }

    private static double Explained(int[] groups, double[] ranks)
    {
        var mean = ranks.Average();
        Span<double> sums = stackalloc double[MostGroups];
        Span<int> counts = stackalloc int[MostGroups];
        sums.Clear();
        counts.Clear();
        double total = 0, between = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            var deviation = ranks[i] - mean;
            total += deviation * deviation;
            sums[groups[i]] += deviation;
            counts[groups[i]]++;
        }
        for (var group = 0; group < MostGroups; group++) if (counts[group] > 0) between += sums[group] * sums[group] / counts[group];
        return total == 0 ? 0 : between / total;
    }
}
