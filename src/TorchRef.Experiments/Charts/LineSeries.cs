using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>A line through points, with gaps where a value isn't finite, and a band around it where one is given.</summary>
/// <param name="Name">What the line is; unique in its chart.</param>
/// <param name="Y">The values.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> Y)
{
    /// <summary>Where the values lie, one for each; null, the default, for 0, 1, 2, ….</summary>
    public IReadOnlyList<double>? X { get; init; }

    /// <summary>Lower edge of the band, one for each value; null, the default, for no band.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper edge of the band, one for each value; null, the default, for no band.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>Index of the colour, from 0; null, the default, takes the next one. Lines that belong together share one.</summary>
    public int? Color { get; init; }

    /// <summary>How the line is broken; null, the default, takes one that the others don't have.</summary>
    public LineDash? Dash { get; init; }

    /// <summary>The mark at points; null, the default, takes one that the others don't have.</summary>
    public Marker? Marker { get; init; }

    /// <summary>The mean of several runs with a band of one standard deviation (n − 1 in the denominator) to either side.</summary>
    /// <param name="name">What the line is.</param>
    /// <param name="runs">One list of values per run, equally long, at least one. One run has no band.</param>
    /// <exception cref="ArgumentException">There are no runs, or their lengths differ.</exception>
    public static LineSeries OfRuns(string name, IReadOnlyList<IReadOnlyList<double>> runs)
    {
        if (runs.Count == 0) throw new ArgumentException($"A mean needs runs: expected at least 1 for '{name}' but got 0.");
        foreach (IReadOnlyList<double> run in runs) Lengths.Check($"Runs of '{name}' are equally long", "values", runs[0].Count, run.Count);
        double[] mean = new double[runs[0].Count], deviation = new double[mean.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            double[] values = [.. runs.Select(run => run[i])];
            mean[i] = values.Average();
            deviation[i] = runs.Count == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean[i]) * (value - mean[i])) / (runs.Count - 1));
        }

        if (runs.Count == 1) return new LineSeries(name, mean);
        return new LineSeries(name, mean) { Low = [.. mean.Zip(deviation, (m, d) => m - d)], High = [.. mean.Zip(deviation, (m, d) => m + d)] };
    }

    internal double At(int index) => X is null ? index : X[index];

    internal IEnumerable<double> AllX => X ?? Enumerable.Range(0, Y.Count).Select(i => (double)i);

    internal void Check()
    {
        if (X is not null) Lengths.Check($"Every value of '{Name}' has its place", "places", Y.Count, X.Count);
        if (Low is null != High is null) throw new ArgumentException($"A band has two edges: expected both for '{Name}' but got one.");
        if (Low is not null) Lengths.Check($"Every value of '{Name}' has its band", "lower edges", Y.Count, Low.Count);
        if (High is not null) Lengths.Check($"Every value of '{Name}' has its band", "upper edges", Y.Count, High.Count);
        if (Color < 0) throw new ArgumentException($"Colours are counted from 0: expected an index of at least 0 for '{Name}' but got {Color}.");
    }
}
