using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary><see cref="AlphaDropout"/> of whole channels.</summary>
/// <remarks>
/// Training: y = a·(x·mask − α′·(1 − mask)) + b with one draw for each channel of each example, mask (N, C, 1, …).
/// Constants, backward and source: <see cref="AlphaDropout"/>. Input (N, C, …), of at least two dimensions; fewer are an
/// error in training, as in PyTorch.
/// </remarks>
public sealed class FeatureAlphaDropout : DropoutModule
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="p">Probability with which a channel is dropped, from 0 to 1.</param>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public FeatureAlphaDropout(double p = 0.5, bool inplace = false)
        : base(nameof(FeatureAlphaDropout), p, inplace)
    {
    }

    /// <summary>What training does once the mask is drawn: a·(x·mask − α′·(1 − mask)) + b.</summary>
    /// <param name="input">x: (N, C, …).</param>
    /// <param name="mask">1 where a channel is kept, 0 where it is dropped: (N, C, 1, …).</param>
    /// <param name="p">Probability with which channels were dropped; 1 gives zeros, and NaN of an infinity.</param>
    /// <returns>The shape of <paramref name="input"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public static Tensor WithMask(Tensor input, Tensor mask, double p) => AlphaScale.WithMask(input, mask, p);

    private protected override Tensor DrawMask(Tensor input) => DropoutMask.OfChannels(input, P, batched: true); // [N, C, 1, …]

    private protected override Tensor Drop(Tensor input, Tensor mask) => AlphaScale.Drop(input, mask, P, Inplace); // the input's shape
}
