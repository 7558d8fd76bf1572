using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>γ·x + β, channel by channel.</summary>
internal static class ChannelAffine
{
    /// <param name="values">(N, C, …).</param>
    /// <param name="weight">γ (C); null is 1.</param>
    /// <param name="bias">β (C); null is 0.</param>
    /// <returns>A tensor of its own, even where there is nothing to compute.</returns>
    public static Tensor Apply(Tensor values, Tensor? weight, Tensor? bias)
    {
        var output = values;                                            // [N, C, …]
        if (weight is not null) output = output * ChannelStatistics.PerChannel(weight, values);
        if (bias is not null) output = output + ChannelStatistics.PerChannel(bias, values);
        return output.alias();
    }
}
