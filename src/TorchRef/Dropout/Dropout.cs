using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>
/// Inverted dropout: in training each element is kept with probability 1 − p and scaled by 1/(1 − p), so that its
/// expectation stays what it was and evaluation has nothing left to do.
/// </summary>
/// <remarks>
/// <para>Training: y = x·mask/(1 − p), mask ~ Bernoulli(1 − p), drawn anew at each call. Evaluation: y = x, the same tensor.</para>
/// <para>
/// The mask is drawn as torch.nn draws it on a CPU, so the same seed gives the same mask, bit for bit. p = 0 returns the
/// same tensor; p = 1 multiplies by 0, which makes NaN of an infinity. Backward: ∂L/∂x = g·mask/(1 − p), with the mask of
/// the forward.
/// </para>
/// <para>Source: Srivastava et al., "Dropout", 2014, section 10 (the inverted form); the conventions are PyTorch's.</para>
/// </remarks>
public sealed class Dropout : DropoutModule
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="p">Probability with which an element becomes 0, from 0 to 1.</param>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public Dropout(double p = 0.5, bool inplace = false)
        : base(nameof(Dropout), p, inplace)
    {
    }

    /// <summary>What training does once the mask is drawn: x·mask/(1 − p).</summary>
    /// <param name="input">x, of any shape.</param>
    /// <param name="mask">1 where an element is kept, 0 where it is dropped; of a shape that broadcasts to that of <paramref name="input"/>.</param>
    /// <param name="p">Probability with which elements were dropped; 1 gives zeros, and NaN of an infinity.</param>
    /// <returns>The shape of <paramref name="input"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public static Tensor WithMask(Tensor input, Tensor mask, double p) => InvertedScale.WithMask(input, mask, p);

    private protected override Tensor DrawMask(Tensor input) => DropoutMask.OfElements(input, P); // the input's shape

    private protected override Tensor Drop(Tensor input, Tensor mask) => InvertedScale.Drop(input, mask, P, Inplace); // the input's shape
}
