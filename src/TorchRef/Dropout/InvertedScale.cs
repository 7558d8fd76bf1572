using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>x·mask/(1 − p): what <see cref="Dropout"/> and <see cref="ChannelDropout"/> do with their masks.</summary>
internal static class InvertedScale
{
    /// <summary>Drops by a mask, which is changed.</summary>
    /// <remarks>The scale is folded into the mask first, as PyTorch does it: else the last bit would differ.</remarks>
    public static Tensor Drop(Tensor input, Tensor mask, double p, bool inplace) => DropoutModule.Times(input, mask.div_(1 - p), inplace); // the input's shape

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
