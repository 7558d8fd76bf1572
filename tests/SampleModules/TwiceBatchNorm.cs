using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sample;

/// <summary>Batch normalisation with a backward written by hand, that can itself be differentiated: it computes what depends on the inputs again from the inputs.</summary>
public sealed class TwiceBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly double _eps;

    public TwiceBatchNorm(long features, double eps = 1e-5) : base(nameof(TwiceBatchNorm))
    {
        weight = new Parameter(ones(features));
        bias = new Parameter(zeros(features));
        _eps = eps;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => TwiceFunction.apply(input, weight, bias, _eps);
}

public sealed class TwiceFunction : autograd.SingleTensorFunction<TwiceFunction>
{
    public override string Name => nameof(TwiceFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, bias, eps) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (double)vars[3]); // [N, C], [C], [C]
        var s = 1 / (x.var([0], unbiased: false) + eps).sqrt();          // [C]
        var normalized = (x - x.mean([0])) * s;                          // [N, C]
        ctx.save_for_backward([x, weight]);
        ctx.save_data("eps", eps);
        return normalized * weight + bias;                               // [N, C]
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor g)
    {
        var saved = ctx.get_saved_variables();
        var (x, weight, eps) = (saved[0], saved[1], (double)ctx.get_data("eps")); // [N, C], [C]
        var s = 1 / (x.var([0], unbiased: false) + eps).sqrt();          // [C]
        var normalized = (x - x.mean([0])) * s;                          // [N, C]
        var dInput = weight * s * (g - g.mean([0]) - normalized * (g * normalized).mean([0])); // [N, C]
        var dWeight = (g * normalized).sum([0]);                         // [C]
        var dBias = g.sum([0]);                                          // [C]
        return [dInput, dWeight, dBias, null!];
    }
}
