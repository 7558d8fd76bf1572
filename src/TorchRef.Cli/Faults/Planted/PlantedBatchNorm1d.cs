using TorchRef.Cli.Verification;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults.Planted;

/// <summary>Batch normalisation of (N, C) or (N, C, L) input with at most one fault planted in it.</summary>
internal sealed class PlantedBatchNorm1d : nn.Module<Tensor, Tensor>
{
    private readonly BatchNormSettings _settings;
    private readonly BatchNormFault _fault;
    private readonly Parameter? _weight, _bias;
    private readonly Tensor? _mean, _variance, _count;

    public PlantedBatchNorm1d(BatchNormSettings settings, ScalarType dtype, BatchNormFault fault)
        : base("BatchNorm1d")
    {
        (_settings, _fault) = (settings, fault);
        var other = fault == BatchNormFault.OtherNames;
        if (settings.Affine)
        {
            register_parameter(other ? "gamma" : "weight", _weight = new Parameter(ones(settings.Features, dtype)));
            register_parameter(other ? "beta" : "bias", _bias = new Parameter(zeros(settings.Features, dtype)));
        }
        if (settings.Tracking)
        {
            register_buffer("running_mean", _mean = zeros(settings.Features, dtype));
            register_buffer("running_var", _variance = ones(settings.Features, dtype));
            register_buffer("num_batches_tracked", _count = zeros([], int64));
        }
    }

    private bool Has(BatchNormFault fault) => _fault == fault;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var usesBatch = training || !_settings.Tracking || Has(BatchNormFault.EvaluationUsesTheBatch);
        var (mean, variance) = BatchStatistics(input);          // [1, C, 1], [1, C, 1]
        if (_settings.Tracking && training && !Has(BatchNormFault.NotCounted)) _count!.add_(1);
        if (_settings.Tracking && (training || Has(BatchNormFault.EvaluationUpdates)))
            for (var i = 0; i < (Has(BatchNormFault.UpdatedTwice) ? 2 : 1); i++) Update(input, mean, variance);
        var weight = Has(BatchNormFault.GammaForgotten) ? null : _weight;
        var bias = Has(BatchNormFault.BetaForgotten) ? null : _bias;
        if (usesBatch)
        {
            if (Has(BatchNormFault.UnbiasedVariance)) variance = Unbiased(input, variance); // [1, C, 1]
            return PlantedFunction.apply(input, weight!, bias!, mean, Inverse(variance, _settings.Eps, _fault), _settings.Eps, _fault).MoveToOuterDisposeScope();
        }
        var output = (input - Along(_mean!, input)) * Inverse(Along(_variance!, input), _settings.Eps, _fault); // (N, C, …)
        if (weight is not null) output = output * Along(weight, input);
        if (bias is not null) output = output + Along(bias, input);
        return output.alias().MoveToOuterDisposeScope();
    }

    public override string ToString()
    {
        using var own = new Normalization.BatchNorm1d(_settings.Features, _settings.Eps, _settings.Momentum, _settings.Affine, _settings.Tracking);
        return own.ToString();
    }

    internal static (Tensor mean, Tensor variance) BatchStatistics(Tensor input)
    {
        using var noGraph = no_grad();
        return Statistics(input);
    }

    internal static (Tensor mean, Tensor variance) Statistics(Tensor input)
    {
        var mean = input.mean(Reduced(input), keepdim: true);   // [1, C, 1]
        return (mean, (input - mean).square().mean(Reduced(input), keepdim: true)); // [1, C, 1]
    }

    internal static Tensor Inverse(Tensor variance, double eps, BatchNormFault fault) => fault switch
    {
        BatchNormFault.EpsilonDropped => variance.rsqrt(),
        BatchNormFault.EpsilonOutsideTheRoot => (variance.sqrt() + eps).reciprocal(),
        _ => (variance + eps).rsqrt(),
    };

    internal static long[] Reduced(Tensor input) => input.dim() == 2 ? [0] : [0, 2];

    internal static Tensor Along(Tensor values, Tensor input) => values.view(input.dim() == 2 ? [1, -1] : [1, -1, 1]);

    private static Tensor Unbiased(Tensor input, Tensor variance)
    {
        var count = (double)input.numel() / input.shape[1];
        return variance * (count / (count - 1));                // [1, C, 1]
    }

    private void Update(Tensor input, Tensor mean, Tensor variance)
    {
        using var noGraph = no_grad();
        var momentum = _settings.Momentum ?? 1.0 / _count!.item<long>();
        if (Has(BatchNormFault.MomentumFlipped)) momentum = 1 - momentum;
        var newest = Has(BatchNormFault.BiasedRunningVariance) ? variance : Unbiased(input, variance); // [1, C, 1]
        _mean!.mul_(1 - momentum).add_(mean.view(-1), momentum); // [C]
        _variance!.mul_(1 - momentum).add_(newest.view(-1), momentum); // [C]
    }
}
