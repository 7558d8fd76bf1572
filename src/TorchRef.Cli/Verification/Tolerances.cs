using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The largest errors that agree, relative to the largest magnitude of what is expected.</summary>
/// <remarks>
/// In float64 two correct ways of computing differ in the last digits only. In float32 the reference itself is that far
/// off (its kernel folds mean and scale into one multiply-add), so the tolerance counts float32 round-offs.
/// </remarks>
internal static class Tolerances
{
    private const double Float32RoundOff = 1.1920929e-07;

    /// <summary>One unit in the last place of bfloat16, relative.</summary>
    private const double BFloat16RoundOff = 1.0 / 128;

    /// <summary>A second derivative goes through twice as many operations, with cancellation in between.</summary>
    public const double SecondOrderFactor = 10;

    public static double Of(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 => 1e-12,
        ScalarType.BFloat16 => BFloat16RoundOff,
        _ => 32 * Float32RoundOff,
    };

    /// <summary>Running statistics are plain averages: nothing cancels in them.</summary>
    public static double OfStatistics(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 => 1e-14,
        ScalarType.Int64 => Exact,
        _ => 8 * Float32RoundOff,
    };

    /// <summary>One step of an optimiser is a handful of operations on each element.</summary>
    public static double OfSteps(ScalarType dtype) => dtype == ScalarType.Float64 ? 1e-14 : 8 * Float32RoundOff;

    /// <summary>The same rule computed in another order, step after step.</summary>
    public static double OfSameRule(ScalarType dtype) => 8 * OfSteps(dtype);

    /// <summary>Twice the reference's own distance from its computation in float64, and two units in the last place more.</summary>
    /// <param name="reference">What the reference computed in float32.</param>
    /// <param name="exact">What it computes in float64.</param>
    public static double OfRoundOff(Tensor reference, Tensor exact) =>
        2 * Difference.RelativeToLargest(reference.to_type(ScalarType.Float64), exact) + 2 * Float32RoundOff;

    /// <summary>A second derivative is long: sums of products of sums. Two ways to it differ by more than two ways to the first.</summary>
    public const double OfSecondOrder = 1e-10;

    /// <summary>A trained network amplifies round-off with every step.</summary>
    public const double OfTraining = 1e-10;

    /// <summary>The same random numbers, or the same text: nothing may differ.</summary>
    public const double Exact = 0;
}
