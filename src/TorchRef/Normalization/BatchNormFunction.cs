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
/// The term Σg/n is there because μ depends on x, the term x̂·Σ(g·x̂)/n because σ² does. The backward is made of
/// differentiable operators on the inputs of the forward, so it can itself be differentiated.
/// </para>
/// <para>
/// Arguments of <c>apply</c>: x (N, C, …); γ and β (C) or null; μ and s (1, C, 1, …), computed from x outside of any graph;
/// ε. The last three have no gradient of their own: what x does to them is in ∂L/∂x.
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
        var (mean, inverse) = ((Tensor)vars[3], (Tensor)vars[4]);
        ctx.save_for_backward(weight is null ? [input, mean, inverse] : [input, mean, inverse, weight]);
        ctx.save_data("eps", vars[5]);
        ctx.save_data("bias", bias is not null);
        var output = (input - mean).mul_(inverse);                      // [N, C, …]
        if (weight is not null) output.mul_(ChannelStatistics.PerChannel(weight, input));
        if (bias is not null) output.add_(ChannelStatistics.PerChannel(bias, input));
        return output;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (input, mean, inverse) = (saved[0], saved[1], saved[2]);
        var weight = saved.Count > 3 ? saved[3] : null;
        var dimensions = ChannelStatistics.ReducedDimensions(input);
        var centred = input - mean;                                     // [N, C, …]
        if (is_grad_enabled())
        {
            // Somebody will differentiate this backward. To the saved μ and s x is a stranger; computed again from x,
            // they carry its derivative.
            (_, centred, var variance) = ChannelStatistics.Of(input);   // [N, C, …], [1, C, 1, …]
            inverse = ChannelStatistics.InverseDeviation(variance, (double)ctx.get_data("eps"));
        }
        var normalized = centred * inverse;                             // [N, C, …]
        var sum = grad_output.sum(dimensions, keepdim: true);           // [1, C, 1, …]
        var product = (grad_output * normalized).sum(dimensions, keepdim: true); // [1, C, 1, …]
        var count = ChannelStatistics.ValuesPerChannel(input);
        var scale = weight is null ? inverse : inverse * ChannelStatistics.PerChannel(weight, input); // [1, C, 1, …]
        var gradInput = (grad_output - (sum + normalized * product) / count) * scale; // [N, C, …]

        var gradients = new Tensor?[Arguments];
        gradients[0] = gradInput.MoveToOuterDisposeScope();
        if (weight is not null) gradients[1] = product.view(-1).MoveToOuterDisposeScope(); // [C]
        if ((bool)ctx.get_data("bias")) gradients[2] = sum.view(-1).MoveToOuterDisposeScope(); // [C]
        return new List<Tensor>(gradients!);
    }
}
