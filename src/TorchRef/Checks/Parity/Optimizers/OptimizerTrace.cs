using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>What an optimiser did on one problem.</summary>
internal sealed class OptimizerTrace
{
    /// <summary>All parameters after each step, by name.</summary>
    public List<Dictionary<string, Tensor>> Parameters { get; } = [];

    /// <summary>What it remembers after the last step, by the parameter's name and its own.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, Tensor>> State { get; } = [];

    /// <summary>Parameters whose gradient a step changed, with an example of by how much for how large a parameter.</summary>
    public Dictionary<string, (double change, double value)> ChangedGradients { get; } = [];

    /// <summary>The exception's type and first line, or null.</summary>
    public string? Failure { get; set; }

    public string Name { get; set; } = "optimiser";
}
