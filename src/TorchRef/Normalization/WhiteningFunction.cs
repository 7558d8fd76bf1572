using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>The whitening matrix of a covariance as a differentiable function, with a derivative that equal eigenvalues don't spoil.</summary>
/// <remarks>
/// <para>
/// With Σ = UΛUᵀ, sᵢ = √λᵢ and P = UᵀdΣU:  ZCA: dW = U(K∘P)Uᵀ with Kᵢⱼ = −1/(sᵢsⱼ(sᵢ + sⱼ)). Nothing is divided by a
/// difference of eigenvalues: Σ^(−½) is smooth, and this form shows it. (The general rule of the eigendecomposition has
/// 1/(λⱼ − λᵢ) in it, which only cancels on paper.)
/// </para>
/// <para>
/// PCA: dW = (M∘P)Uᵀ with Mᵢᵢ = Kᵢᵢ and Mᵢⱼ = ½Kᵢⱼ + ½/(sᵢsⱼ(sᵢ − sⱼ)). The second term turns the eigenvectors i and j
/// within their plane. Where λᵢ = λⱼ, up to round-off, every basis of that plane is an eigenbasis and the turn has no
/// derivative; it is taken as 0. That is exact for a loss that no such turn changes; for any other the loss itself jumps there.
/// </para>
/// <para>Backward is the adjoint: ∂L/∂Σ = U·sym(K∘UᵀGU)·Uᵀ, and U·sym(M∘GU)·Uᵀ; G is ∂L/∂W, sym(A) = ½(A + Aᵀ).</para>
/// <para>
/// Arguments of <c>apply</c>: Σ (C, C); Λ (C) and U (C, C), computed from it outside of any graph; the method; ε, below
/// which no eigenvalue lies. A second derivative goes through the engine's rule for eigenvectors and needs distinct eigenvalues.
/// </para>
/// </remarks>
internal sealed class WhiteningFunction : autograd.SingleTensorFunction<WhiteningFunction>
{
    private const int Arguments = 5;

    public override string Name => nameof(WhiteningFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (covariance, values, vectors) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var method = (WhiteningMethod)vars[3];
        ctx.save_for_backward([covariance, values, vectors]);
        ctx.save_data("method", method);
        ctx.save_data("eps", vars[4]);
        var pca = vectors.t() * values.rsqrt().unsqueeze(1);            // [C, C]
        return method == WhiteningMethod.Pca ? pca : vectors.mm(pca);   // [C, C]
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (covariance, values, vectors) = (saved[0], saved[1], saved[2]);
        // Somebody will differentiate this backward: Λ and U have to carry what Σ does to them.
        if (is_grad_enabled()) (values, vectors) = WhiteningMatrix.Decompose(covariance, (double)ctx.get_data("eps"));

        var (rows, columns) = (values.sqrt().unsqueeze(1), values.sqrt().unsqueeze(0)); // sᵢ [C, 1], sⱼ [1, C]
        var product = rows * columns;                                   // [C, C]
        var smooth = -(product * (rows + columns)).reciprocal();        // K [C, C]
        var projected = grad_output.mm(vectors);                        // GU [C, C]
        var inner = (WhiteningMethod)ctx.get_data("method") == WhiteningMethod.Zca
            ? smooth * vectors.t().mm(projected)                        // [C, C]
            : Turning(values, rows - columns, product, smooth) * projected; // [C, C]
        var symmetric = (inner + inner.t()) / 2;                        // [C, C]
        var gradient = vectors.mm(symmetric).mm(vectors.t());           // [C, C]

        var gradients = new Tensor?[Arguments];
        gradients[0] = gradient.MoveToOuterDisposeScope();
        return new List<Tensor>(gradients!);
    }

    /// <summary>M of the class's remarks.</summary>
    private static Tensor Turning(Tensor values, Tensor difference, Tensor product, Tensor smooth)
    {
        var apart = (values.detach().unsqueeze(1) - values.detach().unsqueeze(0)).abs(); // [C, C]
        var equal = apart <= WhiteningMatrix.Tolerance(values.detach()); // [C, C]
        var turn = (product * difference.masked_fill(equal, 1)).reciprocal().masked_fill(equal, 0); // [C, C]
        var diagonal = smooth.diagonal().diag_embed();                  // [C, C]
        return (smooth + turn + diagonal) / 2;                          // [C, C]
    }
}
