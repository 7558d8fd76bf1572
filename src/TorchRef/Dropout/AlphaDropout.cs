using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>
/// Dropout for networks of SELUs: what is dropped becomes what SELU tends to far left of 0, and the result is scaled and
/// shifted so that zero mean and unit variance stay.
/// </summary>
/// <remarks>
/// <para>
/// Training: y = a·(x·mask − α′·(1 − mask)) + b, mask ~ Bernoulli(1 − p), with α′ = 1.7580993408473766,
/// a = 1/√((1 − p)(1 + p·α′²)) and b = a·α′·p. Evaluation: y = x, the same tensor.
/// </para>
/// <para>
/// The mask is drawn as torch.nn draws it, so the same seed gives the same mask, bit for bit. p = 0 returns the same
/// tensor; p = 1 gives 0, and NaN of an infinity. Backward: ∂L/∂x = g·a·mask.
/// </para>
/// <para>Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017, section 3 (alpha dropout); the conventions are PyTorch's.</para>
/// </remarks>
public sealed class AlphaDropout : DropoutModule
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="p">Probability with which an element is dropped, from 0 to 1.</param>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public AlphaDropout(double p = 0.5, bool inplace = false)
        : base(nameof(AlphaDropout), p, inplace)
    {
    }

    /// <summary>What training does once the mask is drawn: a·(x·mask − α′·(1 − mask)) + b.</summary>
    /// <param name="input">x, of any shape.</param>
    /// <param name="mask">1 where an element is kept, 0 where it is dropped; of a shape that broadcasts to that of <paramref name="input"/>.</param>
    /// <param name="p">Probability with which elements were dropped; 1 gives zeros, and NaN of an infinity.</param>
    /// <returns>The shape of <paramref name="input"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public static Tensor WithMask(Tensor input, Tensor mask, double p) => AlphaScale.WithMask(input, mask, p);

    private protected override Tensor DrawMask(Tensor input) => DropoutMask.OfElements(input, P); // the input's shape

    private protected override Tensor Drop(Tensor input, Tensor mask) => AlphaScale.Drop(input, mask, P, Inplace); // the input's shape
}
