using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>How one quantity fared over all steps of a kind: where it was furthest from the reference's.</summary>
/// <param name="Quantity">What was compared: "output", "gradient of weight", "running_var".</param>
/// <param name="Phase">The phase of the worst step: "training", "evaluation" …</param>
/// <param name="Step">The number of the worst step in its phase, from 1.</param>
/// <param name="Type">The element type that both computed in.</param>
/// <param name="Error">The largest absolute difference.</param>
/// <param name="Allowed">The largest absolute difference that is put down to round-off.</param>
/// <param name="Largest">The largest magnitude of the reference's.</param>
/// <param name="Index">Where the largest difference is.</param>
/// <param name="Compared">How many steps were compared.</param>
/// <param name="Diverged">In how many of them it was too far off.</param>
/// <param name="Verdict">Pass or Fail.</param>
public sealed record ParityEntry(
    string Quantity, string Phase, int Step, ScalarType Type, double Error, double Allowed, double Largest, IReadOnlyList<long> Index,
    int Compared, int Diverged, Verdict Verdict)
{
    /// <summary>The error in units of what is allowed; more than 1 is wrong.</summary>
    public double Ratio => Allowed > 0 ? Error / Allowed : Error > 0 ? double.PositiveInfinity : 0;

    /// <summary>The error relative to the largest magnitude.</summary>
    public double Relative => Error == 0 ? 0 : Largest > 0 ? Error / Largest : double.PositiveInfinity;
}
