using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The rectifier as one differentiable function: ∂L/∂x = g where x &gt; 0, else 0, with g = ∂L/∂y.</summary>
/// <remarks>Where g doesn't pass it is put to 0, not multiplied by it: 0·∞ would be NaN. Argument of <c>apply</c>: x, of any shape.</remarks>
public sealed class ReLUFunction : autograd.SingleTensorFunction<ReLUFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(ReLUFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var input = (Tensor)vars[0];                                    // any shape
        ctx.save_for_backward([input]);
        return ReLU.Of(input);                                          // the same
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var input = ctx.get_saved_variables()[0];                       // any shape
        return [grad_output.masked_fill(input <= 0, 0).MoveToOuterDisposeScope()]; // the same
    }
}
