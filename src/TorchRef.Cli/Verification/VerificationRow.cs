namespace TorchRef.Cli.Verification;

/// <summary>A row of the table: all comparisons of one case, or of one thing in one case, over its variants.</summary>
/// <remarks><c>Worst</c> is the comparison that came closest to its tolerance, or went furthest beyond it.</remarks>
internal sealed record VerificationRow(string Case, string Reference, string What, int Count, int Disagreements, Comparison Worst)
{
    /// <summary>A row for each thing that was compared, in the order in which cases, and things within a case, first came up.</summary>
    public static IEnumerable<VerificationRow> OfThings(IEnumerable<Comparison> comparisons) =>
        from one in comparisons.GroupBy(comparison => (comparison.Case, comparison.Reference))
        from thing in one.GroupBy(comparison => General(comparison.What))
        select Of(one.Key.Case, one.Key.Reference, thing.Key, [.. thing]);

    /// <summary>A row for each case, which lists the things that were compared.</summary>
    public static IEnumerable<VerificationRow> OfCases(IEnumerable<Comparison> comparisons) =>
        from one in comparisons.GroupBy(comparison => (comparison.Case, comparison.Reference))
        select Of(one.Key.Case, one.Key.Reference, Listed(one.Select(comparison => General(comparison.What)).Distinct()), [.. one]);

    private static VerificationRow Of(string name, string reference, string what, IReadOnlyList<Comparison> comparisons) =>
        new(name, reference, what, comparisons.Count, comparisons.Count(comparison => !comparison.Agrees), comparisons.MaxBy(Share)!);

    /// <summary>Things in a list, gradients together: "output, gradients of input, weight, bias, running_mean".</summary>
    private static string Listed(IEnumerable<string> things)
    {
        const string first = "gradient of ", second = "second gradient of ";
        var texts = new List<string>();
        var group = "";
        foreach (var thing in things)
        {
            var kind = thing.StartsWith(second, StringComparison.Ordinal) ? second : thing.StartsWith(first, StringComparison.Ordinal) ? first : "";
            texts.Add(kind.Length == 0 ? thing : kind == group ? thing[kind.Length..] : kind.Replace("gradient", "gradients", StringComparison.Ordinal) + thing[kind.Length..]);
            group = kind;
        }
        return string.Join(", ", texts);
    }

    /// <summary>Numbered things (parameter 0, parameter 1) share a row.</summary>
    private static string General(string what) =>
        what.StartsWith("parameter ", StringComparison.Ordinal) ? "parameters after a step"
        : what.EndsWith(" after training", StringComparison.Ordinal) ? "state after training" : what;

    /// <summary>The error as a share of the tolerance.</summary>
    private static double Share(Comparison comparison) =>
        double.IsNaN(comparison.Error) ? double.PositiveInfinity
        : comparison.Error == 0 ? 0 : comparison.Error / comparison.Tolerance;
}
