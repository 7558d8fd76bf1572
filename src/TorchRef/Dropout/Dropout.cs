using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>
/// Inverted dropout: in training each element is kept with probability 1 − p and scaled by 1/(1 − p), so that its
/// expectation stays what it was and evaluation has nothing left to do.
/// </summary>
/// <remarks>
/// <para>Training: y = x·mask/(1 − p), mask ~ Bernoulli(1 − p), drawn anew at each call. Evaluation: y = x, the same tensor.</para>
/// <para>
/// The mask is drawn as torch.nn draws it, so the same seed gives the same mask, bit for bit. p = 0 returns the same
/// tensor; p = 1 multiplies by 0, which makes NaN of an infinity. Backward: ∂L/∂x = g·mask/(1 − p), with the mask of the forward.
/// </para>
/// <para>Source: Srivastava et al., "Dropout", 2014, section 10 (the inverted form); the conventions are PyTorch's.</para>
/// </remarks>
public sealed class Dropout : nn.Module<Tensor, Tensor>
{
    /// <summary>Makes the module in training mode.</summary>
    /// <param name="p">Probability with which an element becomes 0, from 0 to 1.</param>
    /// <param name="inplace">Whether the input itself is changed and returned.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is outside of [0, 1].</exception>
    public Dropout(double p = 0.5, bool inplace = false)
        : base(nameof(Dropout))
    {
        if (p is < 0 or > 1)
            throw new ArgumentException($"dropout probability has to be between 0 and 1, but got {PythonText.Short(p)}");
        (P, Inplace) = (p, inplace);
    }

    /// <summary>Probability with which an element becomes 0.</summary>
    public double P { get; }

    /// <summary>Whether the input itself is changed and returned.</summary>
    public bool Inplace { get; }

    /// <summary>Drops elements in training; returns the input in evaluation.</summary>
    /// <param name="input">Any shape.</param>
    /// <returns>The same shape and element type.</returns>
    public override Tensor forward(Tensor input)
    {
        if (!training || P == 0 || input.numel() == 0) return input.alias();
        using var scope = NewDisposeScope();
        // p = 1 keeps nothing and draws nothing, so the random stream stays where it was.
        var mask = P == 1 ? zeros([], input.dtype, device: input.device) : empty_like(input).bernoulli_(1 - P); // the input's shape, or []
        var noise = Noise(mask, P);                                     // the mask's shape
        return (Inplace ? input.mul_(noise).alias() : input * noise).MoveToOuterDisposeScope();
    }

    /// <summary>What training does once the mask is drawn: x·mask/(1 − p).</summary>
    /// <param name="input">x, of any shape.</param>
    /// <param name="mask">1 where an element is kept, 0 where it is dropped; of a shape that broadcasts to that of <paramref name="input"/>.</param>
    /// <param name="p">Probability with which elements were dropped; 1 gives zeros, and NaN of an infinity.</param>
    /// <returns>The shape of <paramref name="input"/>.</returns>
    public static Tensor WithMask(Tensor input, Tensor mask, double p)
    {
        using var scope = NewDisposeScope();
        return (input * Noise(mask, p)).MoveToOuterDisposeScope();      // the input's shape
    }

    /// <inheritdoc/>
    public override string ToString() => $"Dropout(p={PythonText.Of(P)}, inplace={PythonText.Of(Inplace)})";

    /// <summary>The factor of each element. The scale is folded into the mask first, as PyTorch does it: else the last bit would differ.</summary>
    private static Tensor Noise(Tensor mask, double p) => p == 1 ? mask * 0 : mask / (1 - p); // the mask's shape
}
