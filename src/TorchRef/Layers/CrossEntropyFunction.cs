using static TorchSharp.torch;

namespace TorchRef.Layers;

/// <summary>Softmax and cross-entropy of each example as one differentiable function, with a derivative worked out by hand.</summary>
/// <remarks>
/// <para>Forward: ℓ = −Σ_c a_c·log(p_c + δ) with p = softmax(z); a is the target's share of each class, times its weight.</para>
/// <para>
/// Backward with δ = 0 and g = ∂L/∂ℓ: ∂log p_c/∂z_k is 1 − p_k where c = k and −p_k elsewhere, so ∂ℓ/∂z_k = p_k·Σa − a_k, and
/// </para>
/// <para>∂L/∂z = g·(p·Σa − a),  ∂L/∂a = −g·log p</para>
/// <para>
/// With one class named and no weights that is p − onehot. δ is left out of the backward, as in the code that the study
/// notes retell. The backward is made of differentiable operators, so it can itself be differentiated.
/// </para>
/// <para>
/// Arguments of <c>apply</c>: z and a (N, C, …); the dimension of C, a long; whether a class of no share adds nothing even if
/// its logarithm is −∞; δ.
/// </para>
/// </remarks>
public sealed class CrossEntropyFunction : autograd.SingleTensorFunction<CrossEntropyFunction>
{
    private const int Arguments = 5;

    /// <inheritdoc/>
    public override string Name => nameof(CrossEntropyFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (logits, shares, dimension) = ((Tensor)vars[0], (Tensor)vars[1], (long)vars[2]);
        var (skips, offset) = ((bool)vars[3], (double)vars[4]);
        ctx.save_for_backward([logits, shares]);
        ctx.save_data("dimension", dimension);
        ctx.save_data("shares", shares.requires_grad);
        ctx.save_data("skips", skips);
        using var scope = NewDisposeScope();
        var logarithms = LogSoftmax(logits, dimension);                 // [N, C, …]
        if (offset != 0) logarithms = (logarithms.exp() + offset).log();
        return LossesOf(shares, logarithms, dimension, skips).MoveToOuterDisposeScope(); // [N, …]
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (logits, shares) = (saved[0], saved[1]);                    // [N, C, …], [N, C, …]
        var dimension = (long)ctx.get_data("dimension");
        var logarithms = LogSoftmax(logits, dimension);                 // [N, C, …]
        var total = shares.sum([dimension], keepdim: true);             // [N, 1, …]
        var gradient = grad_output.unsqueeze(dimension);                // [N, 1, …]
        // What is ignored gets nothing, even of a mean over nothing, whose gradient is infinite.
        if ((bool)ctx.get_data("skips")) gradient = gradient.masked_fill(total == 0, 0);

        var gradients = new Tensor?[Arguments];
        gradients[0] = ((logarithms.exp() * total - shares) * gradient).MoveToOuterDisposeScope(); // [N, C, …]
        if ((bool)ctx.get_data("shares")) gradients[1] = (-logarithms * gradient).MoveToOuterDisposeScope(); // [N, C, …]
        return new List<Tensor>(gradients!);
    }

    /// <summary>log softmax along a dimension: z − m − log Σe^(z − m), with m the largest.</summary>
    internal static Tensor LogSoftmax(Tensor logits, long dimension)
    {
        using var scope = NewDisposeScope();
        // The shift changes nothing but the range of numbers, so it needs no gradient: its parts would cancel.
        var shifted = logits - logits.detach().amax([dimension], keepdim: true); // [N, C, …] − [N, 1, …]
        var sum = shifted.exp().sum([dimension], keepdim: true);        // [N, 1, …], from 1 to C
        return (shifted - sum.log()).MoveToOuterDisposeScope();         // [N, C, …]
    }

    /// <summary>−Σ a·log p of each example.</summary>
    internal static Tensor LossesOf(Tensor shares, Tensor logarithms, long dimension, bool skips)
    {
        using var scope = NewDisposeScope();
        var terms = shares * (skips ? logarithms.masked_fill(shares == 0, 0) : logarithms); // [N, C, …]
        return (-terms.sum([dimension])).MoveToOuterDisposeScope();     // [N, …]
    }
}
