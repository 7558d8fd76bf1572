using System.Globalization;
using TorchRef.Dropout;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Monte-Carlo dropout, whose sums run along, against the same passes of torch.nn, all kept and averaged afterwards.</summary>
internal static class MonteCarloCases
{
    private const int Features = 6, Hidden = 20, Batch = 5;

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var p in new[] { 0, 0.2, 0.8 })
                foreach (var samples in new[] { 2, 50 })
                    recorder.Run(
                        $"MonteCarlo {dtype.ToString().ToLowerInvariant()}", "torch.nn", string.Create(CultureInfo.InvariantCulture, $"{samples} passes, p {p}"),
                        record => Compare(record, candidates, p, samples, dtype, seed));
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, Candidates candidates, double p, int samples, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        using var mine = Build(candidates.Dropout(p), dtype, seed);
        using var theirs = Build(ReferenceDropout.Make(p), dtype, seed);
        var input = Draw.Normal([Batch, Features], dtype, random); // [5, 6]
        manual_seed((long)seed);
        var passes = stack(Enumerable.Range(0, samples).Select(_ => theirs.call(input).detach().to_type(float64)).ToArray()); // [T, 5, 1]
        var (mean, deviation) = MonteCarlo.Predict(mine, input, samples, (long)seed); // [5, 1], [5, 1]
        var expected = passes.mean([0L]);                       // [5, 1]
        var spread = ((passes - expected).square().sum([0L]) / (samples - 1)).sqrt(); // [5, 1]
        var largest = passes.abs().max().item<double>();
        record.Compare("mean", mean, expected.to_type(dtype), Tolerances.Of(dtype), largest);
        record.Compare("standard deviation", deviation, spread.to_type(dtype), Tolerances.Of(dtype), largest);
    }

    private static TorchSharp.Modules.Sequential Build(nn.Module<Tensor, Tensor> dropout, ScalarType dtype, ulong seed)
    {
        manual_seed((long)seed);
        return nn.Sequential(("linear1", nn.Linear(Features, Hidden, dtype: dtype)), ("relu", nn.ReLU()), ("dropout", dropout), ("linear2", nn.Linear(Hidden, 1, dtype: dtype)));
    }
}
