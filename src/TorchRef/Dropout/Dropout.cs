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
            throw new ArgumentException($"dropout probability has to be between 0 and 1, but got {PythonText.Of(p)}");
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
        var noise = Noise(input);                                       // the input's shape, or []
        return (Inplace ? input.mul_(noise).alias() : input * noise).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => $"Dropout(p={PythonText.Of(P)}, inplace={PythonText.Of(Inplace)})";

    private Tensor Noise(Tensor input)
    {
        if (P == 1) return zeros([], input.dtype, input.device);        // []
        return empty_like(input).bernoulli_(1 - P).div_(1 - P);         // the input's shape
    }
}
