using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>Where two ways part: the first thing that differs, in the order in which it was computed.</summary>
/// <param name="Phase">The phase: "training", "evaluation" …; of optimisers the problem.</param>
/// <param name="Step">The number of the step in its phase, from 1.</param>
/// <param name="Type">The element type that both computed in.</param>
/// <param name="Quantity">What differs.</param>
/// <param name="Index">Where in it.</param>
/// <param name="Actual">The candidate's value there.</param>
/// <param name="Expected">The reference's value there.</param>
/// <param name="Allowed">The difference that would be put down to round-off.</param>
public sealed record Divergence(string Phase, int Step, ScalarType Type, string Quantity, IReadOnlyList<long> Index, double Actual, double Expected, double Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Quantity}{(Index.Count == 0 ? "" : $"[{string.Join(", ", Index)}]")} in step {Step} of {Phase} ({Type.ToString().ToLowerInvariant()}): expected {Expected:G6} but got {Actual:G6}");
}
