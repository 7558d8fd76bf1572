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
        var rounded = input.mean(dimensions, keepdim: true);            // 1 in the reduced dimensions
        var nearly = input - rounded;                                   // the input's shape
        var rest = nearly.mean(dimensions, keepdim: true);              // 1 in the reduced dimensions
        var (mean, centred) = (rounded + rest, nearly - rest);          // 1 in the reduced dimensions, the input's shape
        var variance = (centred * centred).mean(dimensions, keepdim: true); // 1 in the reduced dimensions
        return (mean, centred, variance);
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
