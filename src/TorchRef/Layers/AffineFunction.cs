using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>The fully connected layer as one differentiable function, with a derivative worked out by hand.</summary>
/// <remarks>
/// <para>Forward: Y = X·Wᵀ + b, with the N examples in the rows of X (N, in) and Y (N, out).</para>
/// <para>
/// Backward, with G = ∂L/∂Y (N, out). A weight W_oi meets input i and output o of every example, x_ni meets every output,
/// b_o every example, so each collects the sum over the others:
/// </para>
/// <para>∂L/∂X = G·W (N, in),  ∂L/∂W = Gᵀ·X (out, in),  ∂L/∂b = Σₙ Gₙ (out)</para>
/// <para>
/// The shapes leave no other order of the factors. The backward is made of differentiable operators, so it can itself be
/// differentiated. Arguments of <c>apply</c>: x (…, in), whose leading dimensions count as examples; W (out, in); b (out) or null.
/// </para>
/// </remarks>
public sealed class AffineFunction : autograd.SingleTensorFunction<AffineFunction>
{
    private const int Arguments = 3;

    /// <inheritdoc/>
    public override string Name => nameof(AffineFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor?)vars[2]);
        ctx.save_for_backward([input, weight]);
        ctx.save_data("bias", bias is not null);
        using var scope = NewDisposeScope();
        var output = input.matmul(weight.t());                          // […, out]
        if (bias is not null) output.add_(bias);
        return output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (input, weight) = (saved[0], saved[1]);                     // […, in], [out, in]
        var rows = RowsOf(input);
        var examples = input.reshape(rows, weight.shape[1]);            // [N, in]
        var gradient = grad_output.reshape(rows, weight.shape[0]);      // [N, out]

        var gradients = new Tensor?[Arguments];
        gradients[0] = grad_output.matmul(weight).MoveToOuterDisposeScope(); // […, in]
        gradients[1] = gradient.t().mm(examples).MoveToOuterDisposeScope(); // [out, in]
        if ((bool)ctx.get_data("bias")) gradients[2] = gradient.sum([0]).MoveToOuterDisposeScope(); // [out]
        return new List<Tensor>(gradients!);
    }

    /// <summary>N: how many examples the leading dimensions hold.</summary>
    internal static long RowsOf(Tensor input) => input.shape[..^1].Aggregate(1L, (product, size) => product * size);
}
