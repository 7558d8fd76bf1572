using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>a·(x·mask − α′·(1 − mask)) + b: what <see cref="AlphaDropout"/> and <see cref="FeatureAlphaDropout"/> do with their masks.</summary>
internal static class AlphaScale
{
    /// <summary>α′ = λ·α, the negative of what SELU tends to far left of 0; λ and α are SELU's constants.</summary>
    private const double Saturation = 1.7580993408473766;

    /// <summary>Drops by a mask, which is changed; p is between 0 and 1.</summary>
    /// <remarks>The order of the operations is PyTorch's, so that every bit is.</remarks>
    public static Tensor Drop(Tensor input, Tensor mask, double p, bool inplace)
    {
        var a = 1 / Math.Sqrt((Saturation * Saturation * p + 1) * (1 - p));
        var shift = mask.add(-1).mul_(Saturation * a).add_(Saturation * a * p); // the mask's shape
        return DropoutModule.Times(input, mask.mul_(a), inplace).add_(shift); // the input's shape
    }

    /// <summary>The same with a mask that was given, for any p from 0 to 1.</summary>
    public static Tensor WithMask(Tensor input, Tensor mask, double p)
    {
        DropoutModule.RequireProbability(p);
        using var scope = NewDisposeScope();
        var own = DropoutMask.Copy(input, mask);                        // the mask's shape
        var output = p == 1 ? input * own.zero_() : Drop(input, own, p, inplace: false); // the input's shape
        return output.MoveToOuterDisposeScope();
    }
}
