using System.Globalization;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Whitening has no counterpart in torch.nn. It is compared with its definition, with the derivative that the engine has of
/// eigenvectors, with batch normalisation where the channels are uncorrelated, and in float32 with float64.
/// </summary>
internal static class WhiteningCases
{
    private static readonly long[][] s_shapes = [[64, 5], [20, 4, 6], [12, 3, 4, 2]];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var method in Enum.GetValues<WhiteningMethod>())
            foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
                foreach (var shape in s_shapes)
                {
                    var name = $"Whitening {method.ToString().ToLowerInvariant()} {dtype.ToString().ToLowerInvariant()} train";
                    var variant = $"({string.Join(", ", shape)})";
                    recorder.Run(name, "definition", variant, record => CompareCovariance(record, candidates, method, dtype, shape, seed));
                    if (dtype == ScalarType.Float32) recorder.Run(name, "float64", variant, record => CompareRoundOff(record, candidates, method, shape, seed));
                    else if (method != WhiteningMethod.Cholesky) recorder.Run(name, "autograd of eigh", variant, record => CompareGradient(record, candidates, method, shape, seed));
                    if (method == WhiteningMethod.Pca) continue;
                    foreach (var momentum in new double?[] { 0.1, null })
                        recorder.Run(name, "torch.nn", $"{variant}, uncorrelated, momentum {momentum?.ToString(CultureInfo.InvariantCulture) ?? "none"}", record => CompareUncorrelated(record, candidates, method, dtype, shape, momentum, seed));
                }
    }

    /// <summary>Without ε the output's covariance is the identity; so it is in evaluation when the running statistics are this batch's.</summary>
    private static void CompareCovariance(ComparisonRecorder.CaseRecorder record, Candidates candidates, WhiteningMethod method, ScalarType dtype, long[] shape, ulong seed)
    {
        using var random = new Generator(seed);
        using var module = candidates.Whitening(new WhiteningSettings(shape[1], method, 0, 1), dtype);
        var input = Correlated(shape, dtype, random);           // (N, C, …)
        var identity = eye(shape[1], dtype: dtype);             // [C, C]
        var tolerance = TolerancesOf(dtype);
        var output = Samples(module.call(input));               // [n, C]
        record.Compare("mean of output", output.mean([0]), zeros(shape[1], dtype), tolerance);
        record.Compare("covariance of output", Covariance(output), identity, tolerance);
        var unbiased = Covariance(Samples(input)) * ((double)output.shape[0] / (output.shape[0] - 1)); // [C, C]
        record.Compare("running_cov", module.get_buffer("running_cov"), unbiased, Tolerances.Of(dtype));
        record.Compare("running_mean", module.get_buffer("running_mean"), Samples(input).mean([0]), Tolerances.Of(dtype));
        module.eval();
        var whitened = Samples(module.call(input));             // [n, C]
        record.In("then eval").Compare("covariance of output", Covariance(whitened) * ((double)output.shape[0] / (output.shape[0] - 1)), identity, tolerance);
    }

    private static void CompareGradient(ComparisonRecorder.CaseRecorder record, Candidates candidates, WhiteningMethod method, long[] shape, ulong seed)
    {
        const double Eps = 1e-3;
        using var random = new Generator(seed);
        using var module = candidates.Whitening(new WhiteningSettings(shape[1], method, Eps, 0.1), float64);
        var values = Correlated(shape, float64, random);        // (N, C, …)
        var cotangent = Draw.Normal(shape, float64, random);    // (N, C, …)
        var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_()); // (N, C, …)
        var output = module.call(mine);                         // (N, C, …)
        output.backward([cotangent]);

        var samples = Samples(theirs);                          // [n, C]
        var (eigenvalues, vectors) = linalg.eigh(Covariance(samples) + eye(shape[1], dtype: float64) * Eps); // [C], [C, C]
        var components = (samples - samples.mean([0])).mm(vectors) * eigenvalues.rsqrt(); // [n, C]
        var signs = vectors.detach().gather(0, vectors.detach().abs().argmax(0, keepdim: true)).sign(); // [1, C]
        var whitened = method == WhiteningMethod.Pca ? (components * signs).flip(1) : components.mm(vectors.t()); // [n, C]
        whitened.backward([Samples(cotangent)]);
        record.Compare("output", Samples(output), whitened, TolerancesOf(float64));
        record.Compare("gradient of input", mine.grad, theirs.grad, TolerancesOf(float64));
    }

    private static void CompareRoundOff(ComparisonRecorder.CaseRecorder record, Candidates candidates, WhiteningMethod method, long[] shape, ulong seed)
    {
        using var random = new Generator(seed);
        var (values, cotangent) = (Correlated(shape, float32, random), Draw.Normal(shape, float32, random)); // (N, C, …)
        var results = new[] { ScalarType.Float32, ScalarType.Float64 }.Select(dtype =>
        {
            using var module = candidates.Whitening(new WhiteningSettings(shape[1], method, 1e-5, 0.1), dtype);
            var input = values.to_type(dtype, copy: true).requires_grad_(); // (N, C, …)
            var output = module.call(input);                    // (N, C, …)
            output.backward([cotangent.to_type(dtype)]);
            return (output.to_type(float64), gradient: input.grad!.to_type(float64));
        }).ToArray();
        record.Compare("output", results[0].Item1, results[1].Item1, TolerancesOf(float32));
        record.Compare("gradient of input", results[0].gradient, results[1].gradient, TolerancesOf(float32));
    }

    private static void CompareUncorrelated(ComparisonRecorder.CaseRecorder record, Candidates candidates, WhiteningMethod method, ScalarType dtype, long[] shape, double? momentum, ulong seed)
    {
        using var random = new Generator(seed);
        using var module = candidates.Whitening(new WhiteningSettings(shape[1], method, 1e-5, momentum), dtype);
        using var reference = BatchNormReference.Make(new BatchNormSettings(shape[1], 1e-5, momentum, false, true), dtype);
        for (var step = 0; step < 2; step++)
        {
            var input = Uncorrelated(shape, dtype, random);     // (N, C, …)
            var flat = Samples(input);                          // [n, C]
            record.Compare("output", Samples(module.call(input)), reference.call(flat), TolerancesOf(dtype));
        }
        record.Compare("running_mean", module.get_buffer("running_mean"), reference.get_buffer("running_mean"), TolerancesOf(dtype));
        record.Compare("diagonal of running_cov", module.get_buffer("running_cov")!.diagonal(), reference.get_buffer("running_var"), TolerancesOf(dtype));
        record.Compare("num_batches_tracked", module.get_buffer("num_batches_tracked"), reference.get_buffer("num_batches_tracked"), Tolerances.Exact);
        module.eval();
        reference.eval();
        var unseen = Uncorrelated(shape, dtype, random);        // (N, C, …)
        record.In("then eval").Compare("output", Samples(module.call(unseen)), reference.call(Samples(unseen)), TolerancesOf(dtype));
    }

    /// <summary>Mixed channels, of different spread and away from 0; the condition number of their covariance is about 100.</summary>
    private static Tensor Correlated(long[] shape, ScalarType dtype, Generator random)
    {
        var channels = shape[1];
        var mixing = Draw.Normal([channels, channels], float64, random) * 0.3 + eye(channels, dtype: float64) * 1.5; // [C, C]
        var values = Draw.Normal([shape[0], .. shape[2..], channels], float64, random).matmul(mixing) + 2; // [N, …, C]
        return values.transpose(1, -1).reshape(shape).to_type(dtype); // (N, C, …)
    }

    /// <summary>Channels whose covariances in this batch are 0, of variances 1, 4, 9, ….</summary>
    private static Tensor Uncorrelated(long[] shape, ScalarType dtype, Generator random)
    {
        var count = shape[0] * shape[2..].Aggregate(1L, (product, size) => product * size);
        var constant = ones([count, 1], float64);               // [n, 1]
        var (basis, _) = linalg.qr(cat([constant, Draw.Normal([count, shape[1]], float64, random)], 1)); // [n, 1 + C]
        var samples = basis.narrow(1, 1, shape[1]) * Math.Sqrt(count) * arange(1, shape[1] + 1, dtype: float64) + 0.5; // [n, C]
        return samples.view([shape[0], .. shape[2..], shape[1]]).movedim([-1L], [1L]).contiguous().to_type(dtype); // (N, C, …)
    }

    private static Tensor Samples(Tensor input) => input.movedim([1L], [-1L]).reshape(-1, input.shape[1]); // [n, C]

    private static Tensor Covariance(Tensor samples)
    {
        var centred = samples - samples.mean([0]);              // [n, C]
        return centred.t().mm(centred) / samples.shape[0];      // [C, C]
    }

    /// <summary>A decomposition multiplies round-off by the condition number.</summary>
    private static double TolerancesOf(ScalarType dtype) => 100 * Tolerances.Of(dtype);
}
