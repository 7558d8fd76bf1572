using TorchRef.Experiments.Networks;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>Batch normalisation: every column of the wide matrix is a unit of one replica, so the statistics are per replica by themselves.</summary>
/// <remarks>
/// With d = x − μ, s = 1/√(σ² + ε): y = γ·s·d + β. Backward, for the gradient g of y: ∂β = Σg, ∂γ = s·Σg·d, and
/// ∂x = γ·s·(g − Σg/B − d·s²·Σ(g·d)/B).
/// </remarks>
internal sealed class BatchNormStage : Stage
{
    private readonly Flow _input, _output;
    private readonly BatchNormConvention _convention;
    private readonly ReplicaParameter _gamma, _beta;
    private readonly Tensor _runningMean, _runningVariance;
    private readonly Tensor? _batches;
    private readonly Tensor _centred;
    private readonly string _name;
    private readonly bool _mayOverwrite;
    private Tensor? _inverse;

    /// <summary>Makes the stage.</summary>
    /// <param name="name">As in the state of a replica.</param>
    /// <param name="layout">How replicas lie side by side.</param>
    /// <param name="input">x; its gradient is that of <paramref name="output"/>, in place.</param>
    /// <param name="output">y.</param>
    /// <param name="spec">ε and the rule of the running statistics; before the activation x is overwritten.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="beta">β.</param>
    public BatchNormStage(string name, BlockLayout layout, Flow input, Flow output, NormalizationSpec spec, ReplicaParameter gamma, ReplicaParameter beta)
    {
        (_name, _input, _output, _convention, _gamma, _beta) = (name, input, output, spec.Convention, gamma, beta);
        _mayOverwrite = spec.Place == NormalizationPlace.BeforeActivation;
        _centred = _mayOverwrite ? input.Value : empty_like(input.Value); // [B, G·units]
        _runningMean = zeros_like(gamma.Value);                         // [1, G·units]
        _runningVariance = full_like(gamma.Value, _convention.InitialVariance); // [1, G·units]
        if (_convention.Momentum is null) _batches = zeros_like(gamma.Value); // [1, G·units]
        gamma.Value.fill_(1);
    }

    public override IEnumerable<ReplicaParameter> Parameters => [_gamma, _beta];

    public override IEnumerable<(string name, Tensor value)> Buffers =>
    [
        ($"{_name}.running_mean", _runningMean), ($"{_name}.running_var", _runningVariance),
        .. _batches is null ? Array.Empty<(string, Tensor)>() : [($"{_name}.batches", _batches)],
    ];

    public override void Forward()
    {
        var rows = _centred.shape[0];
        var mean = _input.Value.mean([0L], keepdim: true);              // [1, G·units]
        if (!_mayOverwrite) _centred.copy_(_input.Value);               // [B, G·units]
        _centred.sub_(mean);                                            // d
        var variance = (_centred * _centred).mean([0L], keepdim: true); // [1, G·units]
        _inverse = (variance + _convention.Eps).rsqrt_();               // s [1, G·units]
        Track(mean, variance, rows);
        _output.Value.copy_(_beta.Value).addcmul_(_centred, _gamma.Value * _inverse, 1); // [B, G·units]
    }

    public override void Backward()
    {
        var gradient = _output.Gradient;                                // [B, G·units]
        var rows = gradient.shape[0];
        var sum = gradient.sum([0L], keepdim: true);                    // Σg [1, G·units]
        var product = (gradient * _centred).sum([0L], keepdim: true);   // Σg·d [1, G·units]
        var scale = _gamma.Value * _inverse!;                           // γ·s, with γ as it was in forward
        var pull = product * _inverse! * _inverse!;                     // s²·Σg·d [1, G·units]
        gradient.addcmul_(_centred, pull, -1.0 / rows).sub_(sum / rows).mul_(scale); // [B, G·units]
        _gamma.Take(product.mul_(_inverse!));
        _beta.Take(sum);
    }

    public override Tensor Evaluate(Tensor input)
    {
        var scale = (_runningVariance + _convention.Eps).rsqrt_().mul_(_gamma.Value); // [1, G·units]
        var shift = addcmul(_beta.Value, _runningMean, scale, -1);      // β − μ·γ·s [1, G·units]
        return addcmul(shift, input, scale, 1);                         // [N, G·units]
    }

    /// <summary>running ← (1 − m)·running + m·batch.</summary>
    private void Track(Tensor mean, Tensor variance, long rows)
    {
        var weight = _convention.Momentum ?? 1 / _batches!.add_(1).max().to(ScalarType.Float64).item<double>(); // without momentum all batches count alike
        var correction = _convention.RunningVariance == VarianceKind.Unbiased ? (double)rows / (rows - 1) : 1;
        _runningMean.mul_(1 - weight).add_(mean, weight);               // [1, G·units]
        _runningVariance.mul_(1 - weight).add_(variance, weight * correction); // [1, G·units]
    }
}
