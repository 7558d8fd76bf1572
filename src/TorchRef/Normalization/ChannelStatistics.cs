using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Mean and variance of a batch, channel by channel: over every dimension but the second, so over (N) of (N, C), over
/// (N, L) of (N, C, L), over (N, H, W) of (N, C, H, W).
/// </summary>
/// <remarks>
/// <para>
/// The variance is that of the centred values, mean((x − mean)²). The shorter E[x²] − E[x]² loses every digit when the
/// mean is large against the spread.
/// </para>
/// <para>
/// A value per channel is shaped to broadcast over the input, here written [C]: (C) beside (N, C), (1, C, 1, …) beside
/// (N, C, …).
/// </para>
/// </remarks>
internal static class ChannelStatistics
{
    /// <summary>How many values each channel has.</summary>
    public static long ValuesPerChannel(Tensor input) => input.numel() / input.shape[1];

    /// <summary>A parameter or buffer (C), shaped to broadcast over the input.</summary>
    public static Tensor PerChannel(Tensor values, Tensor input)
    {
        if (input.dim() == 2) return values;                            // [C]
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        shape[1] = values.numel();
        return values.view(shape);                                      // [1, C, 1, …]
    }

    /// <summary>A value per channel as a vector, [C] → (C).</summary>
    public static Tensor Vector(Tensor perChannel) => perChannel.dim() == 1 ? perChannel : perChannel.view(-1);

    /// <summary>The sum over each channel.</summary>
    public static Tensor Sum(Tensor input) => input.sum(ReducedDimensions(input), keepdim: input.dim() > 2); // [C]

    /// <summary>The mean over each channel.</summary>
    public static Tensor Mean(Tensor input) => input.mean(ReducedDimensions(input), keepdim: input.dim() > 2); // [C]

    /// <summary>The mean, the values less their mean, and the biased variance, composed of differentiable operators.</summary>
    public static (Tensor mean, Tensor centred, Tensor variance) Of(Tensor input)
    {
        var mean = Mean(input);                                         // [C]
        var centred = input - mean;                                     // [N, C, …]
        return (mean, centred, Mean(centred.square()));                 // [C], [N, C, …], [C]
    }

    /// <summary>The same outside of any graph, in as few passes over memory as it takes.</summary>
    public static (Tensor mean, Tensor centred, Tensor variance) OutsideGraph(Tensor input)
    {
        var count = ValuesPerChannel(input);
        var mean = Sum(input).div_(count);                              // [C]
        var centred = input - mean;                                     // [N, C, …]
        // Disposed at once: the next temporary of this size takes over its memory while the cache still holds it.
        using var squares = centred * centred;                          // [N, C, …]
        return (mean, centred, Sum(squares).div_(count));               // [C], [N, C, …], [C]
    }

    /// <summary>1/√(variance + ε).</summary>
    /// <remarks>With ε = 0 a channel whose variance is 0 gets the factor 0, as in PyTorch, instead of an infinite one.</remarks>
    public static Tensor InverseDeviation(Tensor variance, double eps)
    {
        if (eps != 0) return (variance + eps).rsqrt();                  // [C]
        var constant = variance.detach() == 0;                          // [C]
        // The root is taken of 1 there, not of 0: else the zero factor would meet an infinite derivative.
        return variance.masked_fill(constant, 1).rsqrt().masked_fill(constant, 0); // [C]
    }

    /// <summary>All dimensions but the channel's, which is the second.</summary>
    private static long[] ReducedDimensions(Tensor input)
    {
        var dimensions = new long[input.dim() - 1];
        for (var i = 1; i < dimensions.Length; i++) dimensions[i] = i + 1;
        return dimensions;
    }
}
