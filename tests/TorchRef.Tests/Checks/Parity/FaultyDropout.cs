using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>A mistake that people make when they write dropout.</summary>
public enum DropFault
{
    None,
    NotScaled,
    ScaledByInverseProbability,
    ProbabilityOfKeeping,
    ActiveInEvaluation,
    ScaledInEvaluation,
    NeverActive,
    OtherMaskInBackward,
    NotScaledInBackward,
    MaskReused,
    SeedIgnored,
    ChannelMask,
    ElementMask,
    InputChanged,
    IgnoresProbability1,
    DividesByZero,
    DropsAtProbability0,
    UniformMask,
}

/// <summary>Inverted dropout with at most one fault planted in it.</summary>
internal sealed class FaultyDropout(double p, DropFault fault, bool channels = false) : nn.Module<Tensor, Tensor>("Dropout")
{
    private readonly Generator _own = new(12345);
    private Tensor? _first;

    public override Tensor forward(Tensor input)
    {
        if (!training && fault == DropFault.ScaledInEvaluation) return input * (1 - p);
        if (!training && fault != DropFault.ActiveInEvaluation) return input.alias();
        if (fault == DropFault.NeverActive) return input.alias();
        if (p == 0 && fault != DropFault.DropsAtProbability0) return input.alias();
        if (p == 1 && fault == DropFault.IgnoresProbability1) return input.alias();
        if (p == 1 && fault == DropFault.DividesByZero) return input * zeros_like(input) / (1 - p);
        if (p == 1) return input * 0;
        var mask = Mask(input);                                 // broadcasts to the input
        if (fault == DropFault.MaskReused) mask = _first ??= mask;
        var noise = fault switch
        {
            DropFault.NotScaled or DropFault.ScaledInEvaluation => mask,
            DropFault.ScaledByInverseProbability => mask / p,
            DropFault.ProbabilityOfKeeping => empty_like(input).bernoulli_(p) / p,
            DropFault.DropsAtProbability0 => empty_like(input).bernoulli_(0.5),
            _ => mask / (1 - p),
        };
        var back = fault switch
        {
            DropFault.OtherMaskInBackward => Mask(input) / (1 - p),
            DropFault.NotScaledInBackward => mask,
            _ => noise,
        };
        var output = FaultyMask.apply(input, noise, back);
        if (fault == DropFault.InputChanged) input.detach().mul_(noise);
        return output;
    }

    private Tensor Mask(Tensor input)
    {
        long[] whole = [input.shape[0], input.shape[1], .. Enumerable.Repeat(1L, (int)input.dim() - 2)];
        var shape = (channels && fault != DropFault.ElementMask) || fault == DropFault.ChannelMask ? whole : input.shape;
        return fault switch
        {
            DropFault.SeedIgnored => rand(shape, input.dtype, generator: _own).gt(p).to_type(input.dtype),
            DropFault.UniformMask => rand(shape, input.dtype).gt(p).to_type(input.dtype),
            _ => empty(shape, input.dtype).bernoulli_(1 - p),
        };
    }

    /// <summary>Multiplies by one mask forward and by another one backward.</summary>
    private sealed class FaultyMask : autograd.SingleTensorFunction<FaultyMask>
    {
        public override string Name => nameof(FaultyMask);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[2]]);
            return (Tensor)vars[0] * (Tensor)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            new(new Tensor?[] { grad_output * ctx.get_saved_variables()[0], null, null }!);
    }
}
