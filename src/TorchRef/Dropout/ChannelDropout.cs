using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>
/// Dropout of whole channels, the core that <see cref="Dropout1d"/>, <see cref="Dropout2d"/> and <see cref="Dropout3d"/>
/// share; they differ only in the ranks they take, and in which of these have no batch.
/// </summary>
/// <remarks>
/// <para>
/// Training: y = x·mask/(1 − p) with one draw for each channel of each example, mask (N, C, 1, …) ~ Bernoulli(1 − p). The
/// values of a feature map lie close to their neighbours, so dropping single ones would take hardly anything away.
/// Evaluation: y = x, the same tensor.
/// </para>
/// <para>
/// The mask is drawn as torch.nn draws it, so the same seed gives the same mask, bit for bit. Backward:
/// ∂L/∂x = g·mask/(1 − p). A fault of the shape that only drawing meets is reported in training alone, as in PyTorch.
/// </para>
/// <para>Source: Tompson et al., "Efficient Object Localization Using Convolutional Networks", 2015, section 3.2 (SpatialDropout); the conventions are PyTorch's.</para>
/// </remarks>
public abstract class ChannelDropout : DropoutModule
{
    /// <summary>Checks the settings.</summary>
    private protected ChannelDropout(string name, double p, bool inplace)
        : base(name, p, inplace)
    {
    }

    /// <summary>What training does once the mask is drawn: x·mask/(1 − p).</summary>
    /// <param name="input">x: (N, C, …), or (C, …).</param>
    /// <param name="mask">1 where a channel is kept, 0 where it is dropped: (N, C, 1, …), or (C, 1, …).</param>
    /// <param name="p">Probability with which channels were dropped; 1 gives zeros, and NaN of an infinity.</param>
    /// <returns>The shape of <paramref name="input"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public static Tensor WithMask(Tensor input, Tensor mask, double p) => InvertedScale.WithMask(input, mask, p);

    /// <summary>Whether the first of that many dimensions counts the examples.</summary>
    private protected abstract bool IsBatched(long dimensions);

    private protected override Tensor DrawMask(Tensor input) => DropoutMask.OfChannels(input, P, IsBatched(input.dim())); // [N, C, 1, …]

    private protected override Tensor Drop(Tensor input, Tensor mask) => InvertedScale.Drop(input, mask, P, Inplace); // the input's shape
}
