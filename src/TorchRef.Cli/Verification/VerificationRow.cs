namespace TorchRef.Cli.Verification;

/// <summary>All comparisons of one thing in one case, over its variants: a row of the table.</summary>
/// <remarks><c>Worst</c> is the comparison that came closest to its tolerance, or went furthest beyond it.</remarks>
internal sealed record VerificationRow(string Case, string Reference, string What, int Count, int Disagreements, Comparison Worst)
{
    /// <summary>Rows in the order in which cases, and things within a case, first came up.</summary>
    public static IEnumerable<VerificationRow> Of(IEnumerable<Comparison> comparisons) =>
        from comparison in comparisons
        group comparison by (comparison.Case, comparison.Reference) into one
        from row in one.GroupBy(comparison => General(comparison.What))
        select new VerificationRow(one.Key.Case, one.Key.Reference, row.Key, row.Count(), row.Count(comparison => !comparison.Agrees), row.MaxBy(Share)!);

    /// <summary>Numbered things (parameter 0, parameter 1) share a row.</summary>
    private static string General(string what) =>
        what.StartsWith("parameter ", StringComparison.Ordinal) ? "parameters after a step"
        : what.EndsWith(" after training", StringComparison.Ordinal) ? "state after training" : what;

    /// <summary>The error as a share of the tolerance.</summary>
    private static double Share(Comparison comparison) =>
        double.IsNaN(comparison.Error) ? double.PositiveInfinity
        : comparison.Error == 0 ? 0 : comparison.Error / comparison.Tolerance;
}
