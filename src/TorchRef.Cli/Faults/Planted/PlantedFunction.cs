using static TorchSharp.torch;

namespace TorchRef.Cli.Faults.Planted;

/// <summary>
/// Batch normalisation in training with a backward of its own: ∂L/∂x = γ·s·(g − Σg/n − x̂·Σ(g·x̂)/n), ∂L/∂γ = Σ g·x̂,
/// ∂L/∂β = Σg, or what a fault makes of it.
/// </summary>
internal sealed class PlantedFunction : autograd.SingleTensorFunction<PlantedFunction>
{
    private const int Arguments = 7;

    public override string Name => nameof(PlantedFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor?)vars[1], (Tensor?)vars[2]);
        var (mean, inverse) = ((Tensor)vars[3], (Tensor)vars[4]);
        ctx.save_for_backward(weight is null ? [input, mean, inverse] : [input, mean, inverse, weight]);
        ctx.save_data("bias", bias is not null);
        ctx.save_data("eps", vars[5]);
        ctx.save_data("fault", vars[6]);
        var output = (input - mean) * inverse;                  // (N, C, …)
        if (weight is not null) output = output * PlantedBatchNorm1d.Along(weight, input);
        if (bias is not null) output = output + PlantedBatchNorm1d.Along(bias, input);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (input, mean, inverse) = (saved[0], saved[1], saved[2]);
        var weight = saved.Count > 3 ? saved[3] : null;
        var fault = (BatchNormFault)ctx.get_data("fault");
        if (is_grad_enabled() && fault != BatchNormFault.IntermediatesSaved)
        {
            (mean, var variance) = PlantedBatchNorm1d.Statistics(input); // [1, C, 1], [1, C, 1]
            inverse = PlantedBatchNorm1d.Inverse(variance, (double)ctx.get_data("eps"), fault); // [1, C, 1]
        }
        var gradient = fault == BatchNormFault.CotangentIgnored ? ones_like(grad_output) : grad_output; // (N, C, …)
        var normalized = (input - mean) * inverse;              // (N, C, …)
        var reduced = PlantedBatchNorm1d.Reduced(input);
        var count = (double)input.numel() / input.shape[1];
        var sum = gradient.sum(reduced, keepdim: true);         // [1, C, 1]
        var product = (gradient * normalized).sum(reduced, keepdim: true); // [1, C, 1]
        var (weightGradient, biasGradient) = ParameterGradients(fault, gradient, normalized, weight, sum, product, count, reduced);

        var gradients = new Tensor?[Arguments];
        gradients[0] = InputGradient(fault, gradient, normalized, inverse, weight, sum, product, count).MoveToOuterDisposeScope();
        if (weight is not null) gradients[1] = weightGradient.contiguous().view(-1).MoveToOuterDisposeScope();
        if ((bool)ctx.get_data("bias")) gradients[2] = biasGradient.contiguous().view(-1).MoveToOuterDisposeScope();
        return new List<Tensor>(gradients!);
    }

    private static Tensor InputGradient(BatchNormFault fault, Tensor gradient, Tensor normalized, Tensor inverse, Tensor? weight, Tensor sum, Tensor product, double count)
    {
        if (fault == BatchNormFault.UnbiasedBackward) count -= 1;
        var result = gradient;                                  // (N, C, …)
        if (fault is not (BatchNormFault.MeanTermMissing or BatchNormFault.StatisticsDetached)) result = result - sum / count;
        if (fault is not (BatchNormFault.VarianceTermMissing or BatchNormFault.StatisticsDetached)) result = result - normalized * product / count;
        result = result * inverse;
        return weight is null || fault == BatchNormFault.GammaMissingInBackward ? result : result * PlantedBatchNorm1d.Along(weight, gradient);
    }

    private static (Tensor weight, Tensor bias) ParameterGradients(BatchNormFault fault, Tensor gradient, Tensor normalized, Tensor? weight, Tensor sum, Tensor product, double count, long[] reduced) => fault switch
    {
        BatchNormFault.WeightGradientFromOutput when weight is not null => ((gradient * normalized * PlantedBatchNorm1d.Along(weight, gradient)).sum(reduced), sum),
        BatchNormFault.BiasGradientAveraged => (product, sum / count),
        BatchNormFault.GradientsSwapped => (sum, product),
        _ => (product, sum),
    };
}
