using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The step as a differentiable function: ∂L/∂x = 0, whatever ∂L/∂y is.</summary>
/// <remarks>Arguments of <c>apply</c>: x, of any shape; the value at 0.</remarks>
public sealed class StepFunction : autograd.SingleTensorFunction<StepFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(StepFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => Step.Of((Tensor)vars[0], (double)vars[1]); // x's shape

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [zeros_like(grad_output), null!]; // x's shape
}
