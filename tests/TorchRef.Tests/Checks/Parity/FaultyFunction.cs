using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>∂L/∂x = γ·s·(g − mean(g) − x̂·mean(g·x̂)), ∂L/∂γ = Σ g·x̂, ∂L/∂β = Σ g, or what a fault makes of it.</summary>
internal sealed class FaultyFunction : autograd.SingleTensorFunction<FaultyFunction>
{
    public override string Name => nameof(FaultyFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias, mean, inverse) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3], (Tensor)vars[4]);
        var fault = (NormFault)vars[6];
        ctx.save_data("eps", vars[5]);
        ctx.save_data("fault", fault);
        var normalized = (input - mean) * inverse;              // (N, C, …)
        var (scale, offset) = (FaultyBatchNorm.Along(weight, input), FaultyBatchNorm.Along(bias, input)); // [1, C, 1, …]
        var output = fault switch
        {
            NormFault.GammaForgotten => normalized + offset,
            NormFault.BetaForgotten => normalized * scale,
            NormFault.GammaAndBetaSwapped => normalized * offset + scale,
            _ => normalized * scale + offset,
        };
        ctx.save_for_backward([input, mean, inverse, weight, output.detach()]);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, mean, inverse, weight) = (saved[0], saved[1], saved[2], saved[3]);
        var (fault, eps) = ((NormFault)ctx.get_data("fault"), (double)ctx.get_data("eps"));
        var reduced = FaultyBatchNorm.Reduced(input, fault);
        if (is_grad_enabled() && fault != NormFault.IntermediatesSaved)
        {
            (mean, var variance) = FaultyBatchNorm.Statistics(input, reduced); // [1, C, 1, …]
            inverse = (variance + eps).rsqrt();                 // [1, C, 1, …]
        }
        if (fault == NormFault.EpsilonDroppedInBackward) inverse = FaultyBatchNorm.Statistics(input, reduced).variance.rsqrt();
        var scale = FaultyBatchNorm.Along(weight, input);       // [1, C, 1, …]
        var gradient = fault == NormFault.CotangentIgnored ? ones_like(grad_output) : grad_output; // (N, C, …)
        if (fault == NormFault.SinglePrecision) gradient = gradient.to_type(ScalarType.Float32).to_type(input.dtype); // (N, C, …)
        var normalized = (input - mean) * inverse;              // (N, C, …)
        var count = (double)input.numel() / input.shape[1];
        var sum = gradient.sum(reduced, keepdim: true);         // [1, C, 1, …]
        var product = (gradient * normalized).sum(reduced, keepdim: true); // [1, C, 1, …]
        var result = gradient;                                  // (N, C, …)
        if (fault is not (NormFault.MeanTermMissing or NormFault.StatisticsDetached)) result = result - sum / count;
        if (fault is not (NormFault.VarianceTermMissing or NormFault.StatisticsDetached)) result = result - normalized * product / (fault == NormFault.UnbiasedVarianceTerm ? count - 1 : count);
        if (fault != NormFault.DeviationMissingInBackward) result = result * inverse;
        if (fault != NormFault.GammaMissingInBackward) result = result * scale;
        if (fault == NormFault.OneEntryOff) result = result + (arange(result.numel(), result.dtype).view(result.shape).eq(7) * 1e-3);
        if (fault == NormFault.SignTurned) result = -result;
        if (fault == NormFault.Doubled) result = result * 2;
        var weightGradient = fault switch
        {
            NormFault.WeightGradientFromOutput => (gradient * ctx.get_saved_variables()[4]).sum(reduced, keepdim: true),
            NormFault.WeightGradientFromScaled => product * scale,
            NormFault.MissingWeightGradient => product * 0,
            NormFault.GradientsSwapped => sum,
            _ => product,
        };                                                      // [1, C, 1, …]
        var biasGradient = fault switch
        {
            NormFault.BiasGradientAveraged => sum / count,
            NormFault.BiasGradientOverBatchOnly => gradient.sum([0]).flatten(1).select(1, 0),
            NormFault.GradientsSwapped => product,
            _ => sum,
        };                                                      // [1, C, 1, …]
        return new List<Tensor>(new Tensor?[] { result, weightGradient.reshape(-1), biasGradient.reshape(-1), null, null, null, null }!);
    }
}
