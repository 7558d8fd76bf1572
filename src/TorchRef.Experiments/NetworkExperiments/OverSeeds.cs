namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>A number over several seeds.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, over n − 1; 0 for one seed.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Greatest">The largest.</param>
public sealed record OverSeeds(double Mean, double Deviation, double Least, double Greatest)
{
    /// <summary>Sums up the numbers of the seeds.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static OverSeeds Of(IEnumerable<double> ofSeeds)
    {
        var values = ofSeeds.ToArray();
        if (values.Length == 0) throw new ArgumentException("there must be something to sum up: expected a number of at least one seed but got none");
        var mean = values.Average();
        var deviation = values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return new OverSeeds(mean, deviation, values.Min(), values.Max());
    }
}
