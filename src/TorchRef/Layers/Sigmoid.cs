using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The sigmoid, a smoothed step; equal to torch.nn.Sigmoid.</summary>
/// <remarks>
/// <para>σ(x) = 1/(1 + e⁻ˣ), in (0, 1); σ′(x) = σ(x)·(1 − σ(x)), in (0, ¼].</para>
/// <para>
/// ¼ is attained, at 0. So a gradient loses at least three quarters of its size at every sigmoid that it goes back
/// through, the weights aside: after ten it is a millionth.
/// </para>
/// <para>
/// Both are computed from e = e^−|x|, which can't overflow: σ = 1/(1 + e) on the right, e/(1 + e) on the left, and
/// σ′ = e/(1 + e)². Written as above, e⁻ˣ overflows at x = −800 and the gradient becomes 0·∞ = NaN; and 1 − σ loses its
/// digits on the right until, past 37, nothing is left of it.
/// </para>
/// </remarks>
public sealed class Sigmoid : Activation
{
    /// <summary>Makes the module.</summary>
    /// <param name="form">How the gradient is computed.</param>
    public Sigmoid(GradientForm form = GradientForm.Composite)
        : base(nameof(Sigmoid), form)
    {
    }

    /// <summary>(0, 1).</summary>
    public override ValueRange Range => new(0, 1, AttainsLeast: false, AttainsGreatest: false);

    /// <summary>(0, ¼]; ¼ at 0.</summary>
    public override ValueRange DerivativeRange => new(0, 0.25, AttainsLeast: false);

    /// <summary>σ(x), differentiable by its parts.</summary>
    internal static Tensor Of(Tensor input)
    {
        using var scope = NewDisposeScope();
        var right = input >= 0;                                         // the input's shape, as all below
        // |x| as x·(±1): the derivative of |x| at 0 is taken as 0, but the curve goes straight through there.
        var decay = (input * (1 - right.to_type(input.dtype) * 2)).exp();
        return (decay.masked_fill(right, 1) / (1 + decay)).MoveToOuterDisposeScope();
    }

    /// <summary>σ′(x).</summary>
    internal static Tensor SlopeOf(Tensor input)
    {
        using var scope = NewDisposeScope();
        var decay = (-input.abs()).exp();                               // the input's shape, as all below
        var sum = 1 + decay;
        return (decay / (sum * sum)).MoveToOuterDisposeScope();
    }

    private protected override Tensor Function(Tensor input) => Of(input);

    private protected override Tensor ClosedForm(Tensor input) => SigmoidFunction.apply(input);

    private protected override Tensor Slope(Tensor input) => SlopeOf(input);
}
