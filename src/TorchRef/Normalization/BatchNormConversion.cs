using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Running statistics of one convention, expressed in another.</summary>
/// <remarks>
/// <para>
/// After k batches of n values per channel a running variance is (1 − m)ᵏ·start + f·B: B the batches' biased variances
/// weighted by m and their age, f = 1 where they are averaged as they are and n/(n − 1) where unbiased. So B can be had
/// from one convention and put into another. The mean is the same without f, and starts at 0 everywhere.
/// </para>
/// <para>
/// The conversion is exact, up to round-off, when the momentum stays the same and all batches had the same n; also for no batch, and
/// for a single one, whatever the momenta, unless the old one is 0. It can't be exact, and is refused, for several batches when
/// the momentum changes: the batches' own variances are needed then, and they are gone. With batches of different sizes
/// biased and unbiased statistics differ by no common factor: the conversion holds for the one n that it is given. Where both
/// conventions average the same kind of variance n doesn't matter and may be null.
/// </para>
/// <para>
/// ε is no part of the statistics and isn't converted: outputs of conventions with another ε, or with it in another place,
/// differ by that, also after an exact conversion.
/// </para>
/// </remarks>
public static class BatchNormConversion
{
    /// <summary>Converts running statistics.</summary>
    /// <param name="mean">The running mean (C).</param>
    /// <param name="variance">The running variance (C).</param>
    /// <param name="from">The convention that they were made by.</param>
    /// <param name="to">The convention to express them in.</param>
    /// <param name="batches">k, how many batches they have seen.</param>
    /// <param name="valuesPerChannel">n, how many values per channel each of them had; null if the kind of variance stays the same.</param>
    /// <returns>The mean (C) and the variance (C), tensors of their own.</returns>
    /// <exception cref="ArgumentException">The conversion can't be exact, or lacks n.</exception>
    public static (Tensor mean, Tensor variance) Convert(Tensor mean, Tensor variance, BatchNormConvention from, BatchNormConvention to, long batches, long? valuesPerChannel)
    {
        if (batches < 0) throw new ArgumentException($"batches must not be negative: expected at least 0 but got {batches}");
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        if (batches == 0) return (zeros_like(mean).MoveToOuterDisposeScope(), full_like(variance, to.InitialVariance).MoveToOuterDisposeScope());
        var weights = RatioOfWeights(from, to, batches);
        var kinds = RatioOfKinds(from, to, valuesPerChannel);
        var averaged = variance - from.StartLeftAfter(batches) * from.InitialVariance; // [C], f·B
        var converted = averaged * (weights * kinds) + to.StartLeftAfter(batches) * to.InitialVariance; // [C]
        return ((mean * weights).MoveToOuterDisposeScope(), converted.MoveToOuterDisposeScope());
    }

    /// <summary>What the weights of the batches, all of them, are multiplied by.</summary>
    private static double RatioOfWeights(BatchNormConvention from, BatchNormConvention to, long batches)
    {
        if (from.Momentum == to.Momentum) return 1;
        if (batches > 1)
            throw new ArgumentException($"running statistics of several batches keep their momentum: expected {PythonText.Of(from.Momentum)} but got {PythonText.Of(to.Momentum)} after {batches} batches");
        if (from.Momentum == 0) throw new ArgumentException("running statistics with momentum 0 know nothing of their batches: expected the same momentum but got another");
        return to.WeightOf(1) / from.WeightOf(1);
    }

    private static double RatioOfKinds(BatchNormConvention from, BatchNormConvention to, long? valuesPerChannel)
    {
        if (from.RunningVariance == to.RunningVariance) return 1;
        if (valuesPerChannel is not { } count)
            throw new ArgumentException("between biased and unbiased variances lies the size of the batches: expected valuesPerChannel but got none");
        if (count < 2) throw new ArgumentException($"a batch has several values per channel: expected at least 2 but got {count}");
        return to.FactorOf(count) / from.FactorOf(count);
    }
}
