using static TorchSharp.torch;

namespace TorchRef.Cli.Faults.Planted;

/// <summary>A mistake that people make when they write dropout.</summary>
public enum DropoutFault
{
    None,
    NotScaled,
    ScaledByInverseProbability,
    ProbabilityOfKeeping,
    ActiveInEvaluation,
    OtherMaskInBackward,
    NotScaledInBackward,
    IgnoresProbability1,
    ActiveForProbability0,
}

/// <summary>Inverted dropout with at most one fault planted in it.</summary>
internal sealed class PlantedDropout(double p, DropoutFault fault) : nn.Module<Tensor, Tensor>("Dropout")
{
    public override Tensor forward(Tensor input)
    {
        if (!training && fault != DropoutFault.ActiveInEvaluation) return input.alias();
        if (p == 0 && fault != DropoutFault.ActiveForProbability0) return input.alias();
        if (p == 1 && fault == DropoutFault.IgnoresProbability1) return input.alias();
        if (p == 1) return input * 0;
        using var scope = NewDisposeScope();
        var mask = Mask(input);                                 // the input's shape
        var noise = fault switch
        {
            DropoutFault.NotScaled => mask,
            DropoutFault.ScaledByInverseProbability => mask / p,
            DropoutFault.ProbabilityOfKeeping => (1 - mask) / p,
            DropoutFault.ActiveForProbability0 when p == 0 => mask * 0,
            _ => mask / (1 - p),
        };
        var back = fault switch
        {
            DropoutFault.OtherMaskInBackward => Mask(input) / (1 - p),
            DropoutFault.NotScaledInBackward => mask,
            _ => noise,
        };
        return PlantedMask.apply(input, noise, back).MoveToOuterDisposeScope();
    }

    private Tensor Mask(Tensor input) => empty_like(input).bernoulli_(1 - p);

    /// <summary>Multiplies by one mask forward and by another one backward.</summary>
    private sealed class PlantedMask : autograd.SingleTensorFunction<PlantedMask>
    {
        public override string Name => nameof(PlantedMask);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[2]]);
            return (Tensor)vars[0] * (Tensor)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            new(new Tensor?[] { grad_output * ctx.get_saved_variables()[0], null, null }!);
    }
}
