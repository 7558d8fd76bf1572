using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>How far two right ways of computing a quantity may be apart, and how far two results are.</summary>
/// <remarks>
/// <para>
/// No fixed tolerance fits: round-off grows with the sums and the cancellation inside. So the reference itself is asked:
/// E, how far its float32 result is from its own float64 result on the same numbers; A, how far the float64 result moves when
/// every input is moved by one unit in the last place of float32; and U, one such unit of the largest value. All three scale
/// with the quantity, so that scaling a problem changes nothing.
/// </para>
/// <para>
/// In float32 the candidate may be off from the reference's float64 result by 4E + 16A + 16U: a few times the reference's own
/// error, which is itself a matter of luck, and a few units. In float64 by (E + A + U)·2⁻²⁹·4096: the same noise in the finer type, four thousand
/// times over, which is still 1e-12 of the largest value where nothing cancels.
/// </para>
/// </remarks>
internal readonly record struct Allowance(double Float64, double Float32, double Largest)
{
    private const double Margin64 = 4096, Own32 = 4, Margin32 = 16;

    /// <summary>2⁻⁵²/2⁻²³.</summary>
    private static readonly double s_finer = Math.ScaleB(1, -29);

    public double In(ScalarType type) => type == ScalarType.Float64 ? Float64 : Float32;

    /// <summary>From a quantity of the reference in float64 and float32, both on rounded numbers first, then on nudged ones; what is null wasn't computed.</summary>
    public static Allowance Of(Tensor value, IReadOnlyList<(Tensor? wide, Tensor? narrow)> samples)
    {
        using var scope = NewDisposeScope();
        if (!value.is_floating_point() && !value.is_complex()) return new Allowance(0, 0, LargestOf(value));
        var largest = LargestOf(value);
        var unit = largest * Math.ScaleB(1, -23);
        var own = samples.Max(sample => Distance(sample.narrow, sample.wide));
        var answer = samples.Max(sample => Distance(sample.wide, samples[0].wide));
        return new Allowance((own + answer + unit) * s_finer * Margin64, Own32 * own + Margin32 * (answer + unit), largest);
    }

    /// <summary>The largest distance between elements, and where; infinite where NaN or an infinity stands alone, or the shapes differ.</summary>
    public static (double distance, long[] index) Difference(Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        if (!actual.shape.SequenceEqual(expected.shape)) return (double.PositiveInfinity, []);
        if (actual.numel() == 0) return (0, []);
        var (a, e) = (InFloat64(actual), InFloat64(expected));  // the tensors' shape, complex ones with a dimension of 2 more
        var agree = a.eq(e).logical_or(a.isnan().logical_and(e.isnan()));
        var distance = where(agree, zeros_like(a), where(a.isfinite().logical_and(e.isfinite()), (a - e).abs(), full_like(a, double.PositiveInfinity)));
        var (value, place) = distance.flatten().max(0L);
        var position = place.item<long>();
        var index = new long[a.dim()];
        for (var i = index.Length - 1; i >= 0; i--) (position, index[i]) = Math.DivRem(position, a.shape[i]);
        return (value.item<double>(), index);
    }

    /// <summary>The largest finite magnitude.</summary>
    public static double LargestOf(Tensor value)
    {
        using var scope = NewDisposeScope();
        if (value.numel() == 0) return 0;
        var wide = InFloat64(value);
        return where(wide.isfinite(), wide.abs(), zeros_like(wide)).max().item<double>();
    }

    public static Tensor InFloat64(Tensor tensor)
    {
        var local = tensor.detach().cpu();
        return (local.is_complex() ? view_as_real(local.resolve_conj()) : local).to_type(ScalarType.Float64);
    }

    private static double Distance(Tensor? one, Tensor? other)
    {
        if (one is null || other is null || !one.shape.SequenceEqual(other.shape) || one.numel() == 0) return 0;
        using var scope = NewDisposeScope();
        var (a, b) = (InFloat64(one), InFloat64(other));
        // Where one overflows there is nothing to learn about round-off.
        return where(a.isfinite().logical_and(b.isfinite()), (a - b).abs(), zeros_like(a)).max().item<double>();
    }
}
