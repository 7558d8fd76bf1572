using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>Batch normalisation of (N, C, …) with at most one fault planted in it.</summary>
internal sealed class FaultyBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly NormFault _fault;
    private readonly double _eps, _momentum;
    private readonly Parameter _weight, _bias;
    private readonly Tensor _mean, _variance, _count;

    public FaultyBatchNorm(long features, NormFault fault = NormFault.None, double eps = 1e-5, double momentum = 0.1, ScalarType dtype = ScalarType.Float32)
        : base("BatchNorm")
    {
        (_fault, _eps, _momentum) = (fault, eps, momentum);
        var other = fault == NormFault.OtherNames;
        // Registered by hand, under other names than those of the fields.
        register_parameter(other ? "gamma" : "weight", _weight = new Parameter(ones(features, dtype)));
        register_parameter(other ? "beta" : "bias", _bias = new Parameter(zeros(features, dtype)));
        register_buffer("running_mean", _mean = zeros(features, dtype));
        register_buffer("running_var", _variance = ones(features, dtype));
        _count = zeros([], int64);
        if (fault != NormFault.CounterMissing) register_buffer("num_batches_tracked", _count);
    }

    private bool Has(NormFault fault) => _fault == fault;

    public override void train(bool train = true) => base.train(train || Has(NormFault.DeafToEval));

    public override Tensor forward(Tensor input)
    {
        if (Has(NormFault.Throws) || (Has(NormFault.ThrowsInEvaluation) && !training)) throw new InvalidOperationException("Index was outside of something\nand a second line");
        if (Has(NormFault.RandomNumberDrawn)) rand([1]).Dispose();
        using var noGraph = no_grad();
        if (Has(NormFault.WeightChanged)) _weight.mul_(1.01);
        var (mean, variance) = Statistics(input, Reduced(input, _fault)); // [1, C, 1, …]
        if (training) _count.add_(Has(NormFault.NotCounted) ? 0 : Has(NormFault.CountedTwice) ? 2 : 1);
        if ((training || Has(NormFault.EvaluationUpdates)) && !Has(NormFault.NotUpdated))
            for (var i = 0; i < (Has(NormFault.UpdatedTwice) ? 2 : 1); i++) Update(input);
        using var graph = enable_grad();
        var usesBatch = Has(NormFault.TrainingUsesRunning) ? false : training || Has(NormFault.EvaluationUsesTheBatch);
        if (!usesBatch)
        {
            var eps = Has(NormFault.EvaluationEpsilonDropped) ? 0 : _eps;
            return (input - Along(_mean, input)) * Root(Along(_variance, input), eps) * Along(_weight, input) + Along(_bias, input);
        }
        if (Has(NormFault.UnbiasedVariance)) variance = variance * Bessel(input); // [1, C, 1, …]
        if (Has(NormFault.MeanKept)) mean = mean * 0;           // [1, C, 1, …]
        var output = FaultyFunction.apply(input, _weight, _bias, mean, Root(variance, _eps), _eps, _fault);
        if (Has(NormFault.InputChanged)) input.detach().mul_(0.5);
        return Has(NormFault.GraphCut) ? output.detach() : Has(NormFault.WrongShape) ? output.flatten() : output;
    }

    internal static (Tensor mean, Tensor variance) Statistics(Tensor input, long[] reduced)
    {
        var mean = input.mean(reduced, keepdim: true);          // [1, C, 1, …]
        return (mean, (input - mean).square().mean(reduced, keepdim: true)); // [1, C, 1, …]
    }

    internal static long[] Reduced(Tensor input, NormFault fault = NormFault.None) =>
        fault == NormFault.BatchOnly ? [0] : [.. Enumerable.Range(0, (int)input.dim()).Where(d => d != 1).Select(d => (long)d)];

    internal static Tensor Along(Tensor values, Tensor input) => values.view([1, -1, .. Enumerable.Repeat(1L, (int)input.dim() - 2)]);

    private Tensor Root(Tensor variance, double eps) => _fault switch
    {
        NormFault.EpsilonDropped => variance.rsqrt(),
        NormFault.EpsilonOutsideTheRoot => (variance.sqrt() + eps).reciprocal(),
        NormFault.OtherEpsilon => (variance + 1e-3).rsqrt(),
        _ => (variance + eps).rsqrt(),
    };

    private static double Bessel(Tensor input) => (double)input.numel() / input.shape[1] is var n ? n / (n - 1) : 0;

    private void Update(Tensor input)
    {
        var (mean, variance) = Statistics(input, Reduced(input)); // [1, C, 1, …]
        var momentum = _fault switch
        {
            NormFault.MomentumFlipped => 1 - _momentum,
            NormFault.OtherMomentum => 0.3,
            _ => _momentum,
        };
        _mean.mul_(1 - momentum).add_(mean.view(-1), momentum); // [C]
        _variance.mul_(1 - momentum).add_(variance.view(-1), momentum * (Has(NormFault.BiasedRunningVariance) ? 1 : Bessel(input))); // [C]
    }
}
