using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The hyperbolic tangent, a sigmoid centred on 0; equal to torch.nn.Tanh.</summary>
/// <remarks>
/// <para>tanh x = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ), in (−1, 1); tanh′ x = 1 − tanh² x, in (0, 1].</para>
/// <para>
/// 1 is attained, at 0: four times the sigmoid's slope, for tanh x = 2σ(2x) − 1. So near 0 a gradient passes whole, and
/// that is why normalised input serves tanh well.
/// </para>
/// <para>
/// Both are computed from e = e^−2|x|, which can't overflow: |tanh x| = (1 − e)/(1 + e), the numerator as −expm1(−2|x|)
/// to keep the digits near 0, and tanh′ x = 4e/(1 + e)², which keeps them far out.
/// </para>
/// </remarks>
public sealed class Tanh : Activation
{
    /// <summary>Makes the module.</summary>
    /// <param name="form">How the gradient is computed.</param>
    public Tanh(GradientForm form = GradientForm.Composite)
        : base(nameof(Tanh), form)
    {
    }

    /// <summary>(−1, 1).</summary>
    public override ValueRange Range => new(-1, 1, AttainsLeast: false, AttainsGreatest: false);

    /// <summary>(0, 1]; 1 at 0.</summary>
    public override ValueRange DerivativeRange => new(0, 1, AttainsLeast: false);

    /// <summary>tanh x, differentiable by its parts.</summary>
    internal static Tensor Of(Tensor input)
    {
        using var scope = NewDisposeScope();
        // |x| as x·(±1): the derivative of |x| at 0 is taken as 0, but the curve goes straight through there.
        var turn = 1 - (input >= 0).to_type(input.dtype) * 2;           // the input's shape, as all below; −1 on the right, 1 on the left
        var fall = (input * turn * 2).expm1();                          // e^−2|x| − 1, from −1 to 0
        return (turn * fall / (2 + fall)).MoveToOuterDisposeScope();
    }

    /// <summary>tanh′ x.</summary>
    internal static Tensor SlopeOf(Tensor input)
    {
        using var scope = NewDisposeScope();
        var decay = (input.abs() * -2).exp();                           // the input's shape, as all below
        var sum = 1 + decay;
        return (4 * decay / (sum * sum)).MoveToOuterDisposeScope();
    }

    private protected override Tensor Function(Tensor input) => Of(input);

    private protected override Tensor ClosedForm(Tensor input) => TanhFunction.apply(input);

    private protected override Tensor Slope(Tensor input) => SlopeOf(input);
}
