using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OwnModule;

/// <summary>A module of your own: y = γ·x/√(mean(x²) + ε) over the last dimension (Zhang and Sennrich 2019, equation 4).</summary>
public sealed class RMSNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly double eps;

    public RMSNorm(long features, double eps = 1e-6) : base(nameof(RMSNorm))
    {
        weight = new Parameter(ones(features, float64)); // (C)
        this.eps = eps;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var size = (input.square().mean([-1], keepdim: true) + eps).rsqrt();    // (N, 1)
        return (input * size * weight).MoveToOuterDisposeScope();               // (N, C)
    }
}
