namespace TorchRef.Interop.Checkpoints.Optimizers;

/// <summary>PyTorch's names for the fields of TorchSharp's optimisers, where they differ: some of its settings are pairs.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, (string Name, int Place)> s_pairs = new(StringComparer.Ordinal)
    {
        ["beta1"] = ("betas", 0),
        ["beta2"] = ("betas", 1),
        ["etaminus"] = ("etas", 0),
        ["etaplus"] = ("etas", 1),
        ["min_step"] = ("step_sizes", 0),
        ["max_step"] = ("step_sizes", 1),
    };

    /// <summary>PyTorch's name, and the place within a pair, or null where it isn't in one.</summary>
    public static (string Name, int? Place) Of(string field) =>
        field == nameof(TorchSharp.Modules.OptimizerOptions.LearningRate) ? ("lr", null)
        : s_pairs.TryGetValue(field, out var pair) ? pair
        : (field, null);
}
