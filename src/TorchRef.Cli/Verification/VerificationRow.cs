namespace TorchRef.Cli.Verification;

/// <summary>All comparisons of one thing in one case, over its variants: a row of the table.</summary>
internal sealed record VerificationRow(string Case, string Reference, string What, int Count, double LargestError, double Tolerance, int Disagreements, string? FirstDisagreement)
{
    public static IEnumerable<VerificationRow> Of(IEnumerable<Comparison> comparisons) =>
        from comparison in comparisons
        group comparison by (comparison.Case, comparison.Reference, What: General(comparison.What), comparison.Tolerance) into row
        let wrong = row.Where(comparison => !comparison.Agrees).ToList()
        select new VerificationRow(row.Key.Case, row.Key.Reference, row.Key.What, row.Count(), Largest(row), row.Key.Tolerance, wrong.Count, wrong.FirstOrDefault()?.Variant);

    /// <summary>Numbered things (parameter 0, parameter 1) share a row.</summary>
    private static string General(string what) =>
        what.StartsWith("parameter ", StringComparison.Ordinal) ? "parameters after a step"
        : what.EndsWith(" after training", StringComparison.Ordinal) ? "state after training" : what;

    private static double Largest(IEnumerable<Comparison> comparisons) =>
        comparisons.Aggregate(0.0, (largest, comparison) => double.IsNaN(comparison.Error) || comparison.Error > largest ? comparison.Error : largest);
}
