using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Mean and variance over chosen dimensions, and what is normalised by them.</summary>
/// <remarks>
/// The variance is that of the centred values: E[x²] − E[x]² loses every digit when the mean is large against the spread.
/// Then the mean itself is rounded to a number far from exact too; what that leaves behind is the mean of the centred
/// values, which is small, hence exact, and is taken off as well.
/// </remarks>
internal static class Moments
{
    /// <summary>The mean, the values less their mean, and the biased variance; mean and variance keep the dimensions, with size 1.</summary>
    public static (Tensor mean, Tensor centred, Tensor variance) Of(Tensor input, long[] dimensions)
    {
        var shape = input.shape;
        var count = 1L;
        foreach (var dimension in dimensions) count *= shape[dimension];
        return Of(input, WeightedSum.Over(dimensions, 1.0 / count));
    }

    /// <summary>The same with an average over whatever dimensions.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="average">The mean of values of that shape, in a shape that broadcasts over them.</param>
    public static (Tensor mean, Tensor centred, Tensor variance) Of(Tensor input, WeightedSum average)
    {
        // No result depends on the number that is taken off first. So to the graph it is a constant, the derivative of the
        // mean being that of the rest; and it is finite, so that infinite values meet one infinite mean and not two.
        Tensor rounded;
        using (no_grad()) rounded = average.Roughly(input).nan_to_num(0, 0, 0); // broadcasts over the input
        var centred = input - rounded;                                  // the input's shape
        var rest = average.Of(centred);                                 // broadcasts over the input
        centred.sub_(rest);
        // Disposed at once: the next temporary of this size takes over its memory while the cache still holds it.
        using var squares = centred.square();                           // the input's shape
        return (rounded.add_(rest), centred, average.Of(squares));
    }

    /// <summary>(x − μ)/√(σ² + ε).</summary>
    public static Tensor Normalize(Tensor input, long[] dimensions, double eps)
    {
        var (_, centred, variance) = Of(input, dimensions);             // the input's shape, 1 in the reduced dimensions
        return centred * (variance + eps).rsqrt();                      // the input's shape
    }

    /// <summary>The dimensions from <paramref name="first"/> up to the last one of <paramref name="rank"/>.</summary>
    public static long[] DimensionsFrom(long first, long rank)
    {
        var dimensions = new long[rank - first];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = first + i;
        return dimensions;
    }

    /// <summary>Float16 and bfloat16 are computed in float32, as the engine's kernels do; everything else as it is.</summary>
    public static Tensor ToComputationType(Tensor input) =>
        input.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? input.to_type(ScalarType.Float32) : input;

    /// <summary>γ·x̂ + β, where each is given, in the type of x̂.</summary>
    /// <param name="normalized">x̂.</param>
    /// <param name="weight">γ, or null for 1.</param>
    /// <param name="bias">β, or null for 0.</param>
    /// <param name="shape">A shape of γ and β that broadcasts over x̂.</param>
    public static Tensor Scale(Tensor normalized, Tensor? weight, Tensor? bias, long[] shape)
    {
        var output = normalized;                                        // x̂'s shape
        if (weight is not null) output = output * weight.to_type(normalized.dtype).view(shape);
        if (bias is not null) output = output + bias.to_type(normalized.dtype).view(shape);
        return output;
    }

    /// <summary>The shape (1, C, 1, …), of as many dimensions as <paramref name="rank"/>.</summary>
    public static long[] ChannelShape(long channels, long rank)
    {
        var shape = new long[rank];
        Array.Fill(shape, 1);
        shape[1] = channels;
        return shape;
    }
}
