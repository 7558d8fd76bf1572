using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Mean and variance of a batch, channel by channel: over every dimension but the second, so over (N) of (N, C), over
/// (N, L) of (N, C, L), over (N, H, W) of (N, C, H, W).
/// </summary>
/// <remarks>
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

    /// <summary>How to sum over each channel of values like these.</summary>
    public static WeightedSum Sum(Tensor input) => Weighted(input, 1);

    /// <summary>How to average over each channel of values like these.</summary>
    public static WeightedSum Mean(Tensor input) => Weighted(input, 1.0 / ValuesPerChannel(input));

    /// <summary>The mean, the values less their mean, and the biased variance of each channel.</summary>
    public static (Tensor mean, Tensor centred, Tensor variance) Of(Tensor input) => Moments.Of(input, Mean(input)); // [C], [N, C, …], [C]

    /// <summary>1/√(variance + ε).</summary>
    /// <remarks>With ε = 0 a channel whose variance is 0 gets the factor 0, as in PyTorch, instead of an infinite one.</remarks>
    public static Tensor InverseDeviation(Tensor variance, double eps)
    {
        if (eps != 0) return (variance + eps).rsqrt_();                 // [C]
        var constant = variance.detach() == 0;                          // [C]
        // The root is taken of 1 there, not of 0: else the zero factor would meet an infinite derivative.
        return variance.masked_fill(constant, 1).rsqrt().masked_fill(constant, 0); // [C]
    }

    /// <summary>Over all dimensions but the channel's, which is the second.</summary>
    private static WeightedSum Weighted(Tensor input, double weight)
    {
        var shape = input.shape;
        if (shape.Length == 2) return WeightedSum.OverRows(input, shape, weight);
        var dimensions = new long[shape.Length - 1];
        for (var i = 1; i < dimensions.Length; i++) dimensions[i] = i + 1;
        return WeightedSum.Over(dimensions, weight);
    }
}
