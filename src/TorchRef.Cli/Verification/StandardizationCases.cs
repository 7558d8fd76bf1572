using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Input standardisation against mean and standard deviation of the whole data, however they are cut into batches.</summary>
internal static class StandardizationCases
{
    private static readonly (long[] data, long[] features)[] s_shapes = [([200, 7], [7]), ([40, 3, 4, 5], [3, 1, 1]), ([40, 3, 4, 5], [3, 4, 5])];

    public static void Run(ComparisonRecorder recorder, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var (shape, features) in s_shapes)
                foreach (var batch in new[] { 0, 1, 17 })
                    recorder.Run($"InputStandardization {dtype.ToString().ToLowerInvariant()}", "definition",
                        $"({string.Join(", ", shape)}) by ({string.Join(", ", features)}), {(batch == 0 ? "at once" : $"in batches of {batch}")}", record => Compare(record, shape, features, batch, dtype, seed));
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, long[] shape, long[] features, long batch, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        var data = (Draw.Normal(shape, float64, random) * 3 + 1000).to_type(dtype); // (N, …)
        data.select(1, 0).fill_(0.1);                           // a constant feature, whose mean isn't exact in binary
        using var module = new InputStandardization(features);
        if (batch == 0) module.Fit(data);
        else module.Fit(data.split(batch));

        var exact = data.to_type(float64);                      // (N, …)
        var pooled = Enumerable.Range(0, features.Length).Where(i => features[i] == 1).Select(i => i + 1L).Prepend(0).ToArray();
        var mean = exact.mean(pooled, keepdim: true);           // (1, …)
        var std = (exact - mean).square().mean(pooled, keepdim: true).sqrt(); // (1, …)
        record.Compare("mean", module.Mean, mean.squeeze(0), Tolerances.Of(float64));
        record.Compare("std", module.Std, std.squeeze(0), Tolerances.Of(float64));
        var expected = ((exact - mean) / std.clamp(1e-6)).to_type(dtype); // (N, …)
        var output = module.call(data);                         // (N, …)
        record.Compare("output", output, expected, 10 * Tolerances.Of(dtype));
        record.Compare("constant feature", output.select(1, 0), zeros_like(output.select(1, 0)), Tolerances.Exact);
        record.Compare("inverse of output", module.Inverse(output), data, Tolerances.Of(dtype));
    }
}
