using TorchRef.Experiments.Networks;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>Layer and group normalisation: the statistics of each example, over the units of its layer or of a group of them.</summary>
/// <remarks>
/// x̂ = s·(x − μ), s = 1/√(σ² + ε), y = γ·x̂ + β. Backward, for the gradient g of y and h = γ·g:
/// ∂β = Σg, ∂γ = Σg·x̂ over the examples, and ∂x = s·(h − mean h − x̂·mean(h·x̂)) with means over the group.
/// </remarks>
internal sealed class UnitNormStage : Stage
{
    private readonly Flow _input, _output;
    private readonly ReplicaParameter _gamma, _beta;
    private readonly double _eps;
    private readonly long _groups;
    private Tensor? _normalized, _inverse;

    /// <summary>Makes the stage.</summary>
    /// <param name="layout">How replicas lie side by side.</param>
    /// <param name="input">x; its gradient is that of <paramref name="output"/>, in place.</param>
    /// <param name="output">y.</param>
    /// <param name="spec">ε and the groups of a replica.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="beta">β.</param>
    public UnitNormStage(BlockLayout layout, Flow input, Flow output, NormalizationSpec spec, ReplicaParameter gamma, ReplicaParameter beta)
    {
        (_input, _output, _gamma, _beta, _eps) = (input, output, gamma, beta, spec.Convention.Eps);
        _groups = layout.Replicas * (long)spec.GroupsOf;
        gamma.Value.fill_(1);
    }

    public override IEnumerable<ReplicaParameter> Parameters => [_gamma, _beta];

    public override void Forward()
    {
        (_normalized, _inverse) = Normalize(_input.Value);
        _output.Value.copy_(_beta.Value).addcmul_(_normalized, _gamma.Value, 1); // [B, G·units]
    }

    public override void Backward()
    {
        var gradient = _output.Gradient;                                // g [B, G·units]
        var (gammas, betas) = ((gradient * _normalized!).sum([0L], keepdim: true), gradient.sum([0L], keepdim: true)); // [1, G·units]
        var scaled = Grouped(gradient.mul_(_gamma.Value));              // h [B, groups, units of a group]
        var normalized = Grouped(_normalized!);                         // x̂ [B, groups, units of a group]
        var pull = (scaled * normalized).mean([2L], keepdim: true);     // [B, groups, 1]
        var mean = scaled.mean([2L], keepdim: true);                    // [B, groups, 1]
        scaled.addcmul_(normalized, pull, -1).sub_(mean).mul_(_inverse!);
        _gamma.Take(gammas);
        _beta.Take(betas);
    }

    public override Tensor Evaluate(Tensor input)
    {
        var (normalized, _) = Normalize(input);
        return addcmul(_beta.Value, normalized, _gamma.Value, 1);       // [N, G·units]
    }

    /// <summary>x̂ [N, G·units] and s [N, groups, 1].</summary>
    private (Tensor normalized, Tensor inverse) Normalize(Tensor input)
    {
        var values = Grouped(input);                                    // [N, groups, units of a group]
        var centred = values - values.mean([2L], keepdim: true);
        var inverse = (centred * centred).mean([2L], keepdim: true).add_(_eps).rsqrt_(); // [N, groups, 1]
        return (centred.mul_(inverse).view(input.shape), inverse);
    }

    private Tensor Grouped(Tensor wide) => wide.view(wide.shape[0], _groups, -1); // [N, groups, units of a group]
}
