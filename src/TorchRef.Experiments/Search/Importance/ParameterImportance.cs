namespace TorchRef.Experiments.Search.Importance;

/// <summary>How much a parameter mattered in a study.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Share">The share of the results' variance, in ranks, that it explains beyond chance: 0 to 1.</param>
/// <param name="PValue">How often shuffled results are explained as well.</param>
/// <param name="Matters">Whether <paramref name="PValue"/> lies below 0.05, divided by the number of parameters.</param>
public sealed record ParameterImportance(string Name, double Share, double PValue, bool Matters)
{
    /// <summary>In words.</summary>
    public string Words => FormattableString.Invariant($"{Name} {(Matters ? "mattered" : "didn't matter")} here: it explains {Share:P0} of the variance of the ranks (p = {PValue:G2})");
}
