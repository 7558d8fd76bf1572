using System.Globalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Hand-written dropout against torch.nn: from the same seed every bit must be the same, forward and backward.</summary>
internal static class DropoutCases
{
    private static readonly double[] s_probabilities = [0, 0.1, 0.5, 0.9, 1];
    private static readonly long[][] s_shapes = [[100], [32, 16], [8, 5, 7]];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var p in s_probabilities)
                foreach (var shape in s_shapes)
                    foreach (var training in new[] { true, false })
                        recorder.Run(
                            $"Dropout {dtype.ToString().ToLowerInvariant()} {(training ? "train" : "eval")}", "torch.nn",
                            string.Create(CultureInfo.InvariantCulture, $"({string.Join(", ", shape)}), p {p}"),
                            record => Compare(record, candidates.Dropout(p), p, shape, dtype, training, seed));
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, double p, long[] shape, ScalarType dtype, bool training, ulong seed)
    {
        using var random = new Generator(seed);
        using var reference = ReferenceDropout.Make(p);
        candidate.train(training);
        reference.train(training);
        var values = Draw.Normal(shape, dtype, random); // shape
        var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_()); // shape
        manual_seed((long)seed);
        var output = candidate.call(mine);                      // shape
        manual_seed((long)seed);
        var expected = reference.call(theirs);                  // shape
        var cotangent = Draw.Normal(shape, dtype, random); // shape
        output.backward([cotangent]);
        expected.backward([cotangent]);
        record.Compare("output", output, expected, Tolerances.Exact);
        record.Compare("gradient of input", mine.grad, theirs.grad, Tolerances.Exact);
        candidate.Dispose();
    }
}
