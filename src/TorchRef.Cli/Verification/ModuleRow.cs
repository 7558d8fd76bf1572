namespace TorchRef.Cli.Verification;

/// <summary>A module's row in the table of agreement: what it was compared with, how often, and the worst error of each kind.</summary>
/// <param name="Module">The module, or the rule where it isn't one.</param>
/// <param name="Counterparts">What it was compared with.</param>
/// <param name="Count">How many comparisons.</param>
/// <param name="Disagreements">How many of them differ.</param>
/// <param name="Float64">The worst error in float64 against the counterparts, null where there was none.</param>
/// <param name="Golden">The worst error in float64 against golden tensors.</param>
/// <param name="Float32">The worst error in float32, against anything.</param>
internal sealed record ModuleRow(string Module, string Counterparts, int Count, int Disagreements, double? Float64, double? Golden, double? Float32)
{
    public static IEnumerable<ModuleRow> Of(IEnumerable<Comparison> comparisons) =>
        from module in comparisons.GroupBy(comparison => Name(comparison.Case))
        select new ModuleRow(
            module.Key,
            string.Join(", ", module.Select(comparison => comparison.Reference).Where(reference => reference is not ("float64" or "golden")).Distinct()),
            module.Count(), module.Count(comparison => !comparison.Agrees),
            Worst(module.Where(comparison => !IsShort(comparison) && comparison.Reference != "golden")),
            Worst(module.Where(comparison => !IsShort(comparison) && comparison.Reference == "golden")),
            Worst(module.Where(comparison => comparison.Case.Contains("float32", StringComparison.Ordinal))));

    private static string Name(string name) => name.Split(' ', ',')[0] switch
    {
        "worked" => "worked example",
        "convention" => "conventions",
        "weight" => "weight decay",
        "Adagrad" => "AdaGrad",
        "network" => "networks in training",
        var module => module,
    };

    /// <summary>bfloat16 and float16 are compared too, and agree within their own digits; the table leaves them out.</summary>
    private static bool IsShort(Comparison comparison) => comparison.Case.Contains("float32", StringComparison.Ordinal) || comparison.Case.Contains("float16", StringComparison.Ordinal);

    private static double? Worst(IEnumerable<Comparison> comparisons) => comparisons.Select(comparison => (double?)comparison.Error).Max();
}
