namespace TorchRef.Checks;

/// <summary>The errors of a whole Jacobian by one input, for a picture.</summary>
/// <param name="Input">The input.</param>
/// <param name="Order">1 for the derivative, 2 for its derivative.</param>
/// <param name="Where">At which other point, in words; null for the given one.</param>
/// <param name="Ratios">[entries of the outputs, entries of the input]: each error in units of what was allowed; NaN where nothing was compared.</param>
/// <param name="Row">Which output a row is of, and where in it.</param>
/// <param name="Column">Where in the input a column is.</param>
internal sealed record ErrorMap(
    string Input, int Order, string? Where, double[,] Ratios,
    Func<int, (int output, IReadOnlyList<long> index, string? part)> Row,
    Func<int, (IReadOnlyList<long> index, string? part)> Column)
{
    /// <summary>Whether anything in it is wrong.</summary>
    public bool HasWrong => Ratios.Cast<double>().Any(ratio => ratio > 1);
}
