using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The hyperbolic tangent as one differentiable function: ∂L/∂x = g·tanh′ x, with g = ∂L/∂y.</summary>
/// <remarks>
/// tanh′ is computed from x, not as 1 − y² from the output, which has no digits left where |y| rounds to 1. The backward is
/// made of differentiable operators, so it can itself be differentiated. Argument of <c>apply</c>: x, of any shape.
/// </remarks>
public sealed class TanhFunction : autograd.SingleTensorFunction<TanhFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(TanhFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var input = (Tensor)vars[0];                                    // any shape
        ctx.save_for_backward([input]);
        return Tanh.Of(input);                                          // the same
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var input = ctx.get_saved_variables()[0];                       // any shape
        return [(grad_output * Tanh.SlopeOf(input)).MoveToOuterDisposeScope()]; // the same
    }
}
