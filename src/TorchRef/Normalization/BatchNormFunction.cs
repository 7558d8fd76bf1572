using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Batch normalisation in training as one differentiable function with a derivative worked out by hand.
/// </summary>
/// <remarks>
/// <para>Forward: x̂ = (x − μ)·s with s = 1/√(σ² + ε), y = γ·x̂ + β; μ and σ² are the batch's own.</para>
/// <para>Backward, with g = ∂L/∂y and n values per channel (Ioffe and Szegedy 2015, section 3, the chain rule collected):</para>
/// <para>∂L/∂β = Σg,  ∂L/∂γ = Σ g·x̂,  ∂L/∂x = γ·s·(g − Σg/n − x̂·Σ(g·x̂)/n)</para>
/// <para>
/// The term Σg/n is there because μ depends on x, the term x̂·Σ(g·x̂)/n because σ² does. Where somebody differentiates
/// the backward it is made of differentiable operators on the inputs of the forward; else of the same formula in as few
/// passes over memory as it takes.
/// </para>
/// <para>
/// Arguments of <c>apply</c>: x (N, C, …); γ and β (C) or null; x − μ (N, C, …) and s (C), computed from x outside of any
/// graph; ε. The last three have no gradient of their own: what x does to them is in ∂L/∂x.
/// </para>
/// </remarks>
public sealed class BatchNormFunction : autograd.SingleTensorFunction<BatchNormFunction>
{
    private const int Arguments = 6;

    /// <inheritdoc/>
    public override string Name => nameof(BatchNormFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor?)vars[1], (Tensor?)vars[2]);
        var (centred, inverse) = ((Tensor)vars[3], (Tensor)vars[4]);    // [N, C, …], [C]
        // No dispose scope here: what is saved must be alive when forward has returned.
        var scale = weight is null ? inverse : inverse * ChannelStatistics.PerChannel(weight, input); // [C], γ·s
        ctx.save_for_backward(weight is null ? [input, centred, inverse, scale] : [input, centred, inverse, scale, weight]);
        ctx.save_data("eps", vars[5]);
        ctx.save_data("bias", bias is not null);
        return bias is null ? centred * scale : addcmul(ChannelStatistics.PerChannel(bias, input), centred, scale, 1); // [N, C, …]
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var input = saved[0];                                           // [N, C, …]
        var weight = saved.Count > 4 ? saved[4] : null;                 // (C)
        var (gradInput, gradWeight, gradBias) = is_grad_enabled()
            ? Differentiable(grad_output, input, weight, (double)ctx.get_data("eps"))
            : FewPasses(grad_output, centred: saved[1], inverse: saved[2], scale: saved[3]); // [N, C, …], [C], [C]

        var gradients = new Tensor?[Arguments];
        gradients[0] = gradInput.MoveToOuterDisposeScope();
        if (weight is not null) gradients[1] = ChannelStatistics.Vector(gradWeight).MoveToOuterDisposeScope(); // (C)
        if ((bool)ctx.get_data("bias")) gradients[2] = ChannelStatistics.Vector(gradBias).MoveToOuterDisposeScope(); // (C)
        return new List<Tensor>(gradients!);
    }

    /// <summary>
    /// The formula as it stands. To the saved μ and s, x is a stranger; computed again from x they carry its
    /// derivative.
    /// </summary>
    private static (Tensor input, Tensor weight, Tensor bias) Differentiable(Tensor gradient, Tensor input, Tensor? weight, double eps)
    {
        var (_, centred, variance) = ChannelStatistics.Of(input);       // -, [N, C, …], [C]
        var inverse = ChannelStatistics.InverseDeviation(variance, eps); // [C]
        var normalized = centred * inverse;                             // [N, C, …]
        var count = ChannelStatistics.ValuesPerChannel(input);
        var sums = ChannelStatistics.Sum(input);
        var sum = sums.Of(gradient);                                    // [C]
        var product = sums.Of(gradient * normalized);                   // [C]
        var gradInput = (gradient - (sum + normalized * product) / count) * inverse; // [N, C, …]
        if (weight is not null) gradInput = gradInput * ChannelStatistics.PerChannel(weight, input); // [N, C, …]
        return (gradInput, product, sum);
    }

    /// <summary>The same with x̂ = (x − μ)·s taken apart, so that every factor per channel is ready before memory is touched again.</summary>
    private static (Tensor input, Tensor weight, Tensor bias) FewPasses(Tensor gradient, Tensor centred, Tensor inverse, Tensor scale)
    {
        var sums = ChannelStatistics.Sum(gradient);
        var sum = sums.Of(gradient);                                    // [C], Σg
        Tensor product;
        using (var products = centred * gradient)                       // [N, C, …]
            product = sums.Of(products).mul_(inverse);                  // [C], Σ g·x̂
        var share = scale * (-1.0 / ChannelStatistics.ValuesPerChannel(gradient)); // [C], −γ·s/n
        var slope = (product * inverse).mul_(share);                    // [C], what x − μ is multiplied by
        var gradInput = addcmul(sum * share, centred, slope, 1).addcmul_(gradient, scale, 1); // [N, C, …]
        return (gradInput, product, sum);
    }
}
