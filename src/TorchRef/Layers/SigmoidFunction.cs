using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The sigmoid as one differentiable function: ∂L/∂x = g·σ′(x), with g = ∂L/∂y.</summary>
/// <remarks>
/// σ′ is computed from x, not as y·(1 − y) from the output, which has no digits left where y rounds to 1. The backward is
/// made of differentiable operators, so it can itself be differentiated. Argument of <c>apply</c>: x, of any shape.
/// </remarks>
public sealed class SigmoidFunction : autograd.SingleTensorFunction<SigmoidFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(SigmoidFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var input = (Tensor)vars[0];                                    // any shape
        ctx.save_for_backward([input]);
        return Sigmoid.Of(input);                                       // the same
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var input = ctx.get_saved_variables()[0];                       // any shape
        return [(grad_output * Sigmoid.SlopeOf(input)).MoveToOuterDisposeScope()]; // the same
    }
}
