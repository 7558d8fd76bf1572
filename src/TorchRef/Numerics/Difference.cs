using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>How far one tensor is from another, as a single number.</summary>
public static class Difference
{
    /// <summary>The largest absolute difference, divided by the largest magnitude of <paramref name="expected"/>.</summary>
    /// <remarks>
    /// Where everything expected is 0 the absolute difference itself. NaN agrees with NaN, an infinity with itself. The
    /// result is computed in float64 (of complex tensors: of real and imaginary parts).
    /// </remarks>
    /// <param name="actual">Any shape.</param>
    /// <param name="expected">The same shape and element type.</param>
    /// <param name="magnitude">
    /// The largest of the terms that <paramref name="expected"/> is a sum of; it takes the place of the largest magnitude
    /// where it is larger. What cancels can't keep more digits than its terms had.
    /// </param>
    /// <returns>0 where both are the same; infinity where shapes or element types differ, or a NaN or infinity stands alone.</returns>
    public static double RelativeToLargest(Tensor actual, Tensor expected, double magnitude = 0)
    {
        if (actual.dtype != expected.dtype || !actual.shape.SequenceEqual(expected.shape)) return double.PositiveInfinity;
        if (expected.numel() == 0) return 0;
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var (a, e) = (InFloat64(actual), InFloat64(expected));
        var finite = a.isfinite().logical_and(e.isfinite());
        var same = a.eq(e).logical_or(a.isnan().logical_and(e.isnan()));
        if (!finite.logical_or(same).all().item<bool>()) return double.PositiveInfinity;
        var zero = zeros_like(a);
        var distance = where(finite, (a - e).abs(), zero).max().item<double>();
        var largest = Math.Max(magnitude, where(finite, e.abs(), zero).max().item<double>());
        return largest > 0 ? distance / largest : distance;
    }

    private static Tensor InFloat64(Tensor tensor)
    {
        var local = tensor.detach().cpu();
        return (local.is_complex() ? view_as_real(local.resolve_conj()) : local).to_type(ScalarType.Float64);
    }
}
