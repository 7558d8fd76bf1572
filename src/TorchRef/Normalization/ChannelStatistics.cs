using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Mean and variance of a batch, channel by channel: over every dimension but the second, so over (N) of (N, C), over
/// (N, L) of (N, C, L), over (N, H, W) of (N, C, H, W).
/// </summary>
/// <remarks>
/// The variance is that of the centred values, mean((x − mean)²). The shorter E[x²] − E[x]² loses every digit when the
/// mean is large against the spread.
/// </remarks>
internal static class ChannelStatistics
{
    /// <summary>All dimensions but the channel's, which is the second.</summary>
    public static long[] ReducedDimensions(Tensor input)
    {
        var dimensions = new long[input.dim() - 1];
        for (var i = 1; i < dimensions.Length; i++) dimensions[i] = i + 1;
        return dimensions;
    }

    /// <summary>How many values each channel has.</summary>
    public static long ValuesPerChannel(Tensor input) => input.numel() / input.shape[1];

    /// <summary>A vector of one value per channel, shaped to broadcast over <paramref name="like"/>: (C) → (1, C, 1, …).</summary>
    public static Tensor PerChannel(Tensor values, Tensor like)
    {
        var shape = new long[like.dim()];
        Array.Fill(shape, 1);
        shape[1] = values.numel();
        return values.view(shape);                                      // [1, C, 1, …]
    }

    /// <summary>The mean, the values less their mean, and the biased variance.</summary>
    public static (Tensor mean, Tensor centred, Tensor variance) Of(Tensor input)
    {
        var dimensions = ReducedDimensions(input);
        var mean = input.mean(dimensions, keepdim: true);               // [1, C, 1, …]
        var centred = input - mean;                                     // [N, C, …]
        var variance = (centred * centred).mean(dimensions, keepdim: true); // [1, C, 1, …]
        return (mean, centred, variance);
    }

    /// <summary>1/√(variance + ε).</summary>
    /// <remarks>With ε = 0 a channel whose variance is 0 gets the factor 0, as in PyTorch, instead of an infinite one.</remarks>
    public static Tensor InverseDeviation(Tensor variance, double eps)
    {
        if (eps != 0) return (variance + eps).rsqrt();                  // [1, C, 1, …]
        var constant = variance.detach() == 0;                          // [1, C, 1, …]
        // The root is taken of 1 there, not of 0: else the zero factor would meet an infinite derivative.
        return variance.masked_fill(constant, 1).rsqrt().masked_fill(constant, 0);
    }
}
