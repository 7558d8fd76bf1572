using System.Globalization;
using TorchRef.Dropout;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Dropout that scales in evaluation: against its formula in the study notes, and against torch.nn, which it is 1 − r times.</summary>
internal static class ClassicDropoutCases
{
    private static readonly double[] s_ratios = [0, 0.1, 0.5, 0.9, 1];
    private static readonly long[][] s_shapes = [[100], [32, 16], [8, 5, 7]];

    public static void Run(ComparisonRecorder recorder, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var shape in s_shapes)
                foreach (var ratio in s_ratios)
                {
                    var name = $"ClassicDropout {dtype.ToString().ToLowerInvariant()}";
                    var variant = string.Create(CultureInfo.InvariantCulture, $"({string.Join(", ", shape)}), ratio {ratio}");
                    foreach (var training in new[] { true, false })
                        recorder.Run($"{name} {(training ? "train" : "eval")}", "the study notes", variant, record => CompareWithFormula(record, ratio, shape, dtype, training, seed));
                    recorder.Run($"{name} train", "torch.nn", variant, record => CompareWithInverted(record, ratio, shape, dtype, seed));
                }
    }

    private static void CompareWithFormula(ComparisonRecorder.CaseRecorder record, double ratio, long[] shape, ScalarType dtype, bool training, ulong seed)
    {
        using var random = new Generator(seed);
        using var module = new ClassicDropout(ratio);
        module.train(training);
        var input = Draw.Normal(shape, dtype, random).requires_grad_(); // shape
        var cotangent = Draw.Normal(shape, dtype, random);      // shape
        manual_seed((long)seed);
        var output = module.call(input);                        // shape
        output.backward([cotangent]);
        manual_seed((long)seed);
        var factor = training ? rand(shape, float64).gt(ratio).to_type(dtype) : full(shape, 1 - ratio, dtype); // shape
        record.Compare("output", output, input * factor, Tolerances.Exact);
        record.Compare("gradient of input", input.grad, cotangent * factor, Tolerances.Exact);
    }

    private static void CompareWithInverted(ComparisonRecorder.CaseRecorder record, double ratio, long[] shape, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        using var reference = ReferenceDropout.Make(ratio);
        var values = Draw.Normal(shape, dtype, random);         // shape
        var cotangent = Draw.Normal(shape, dtype, random);      // shape
        var (mine, theirs) = (values.detach().requires_grad_(), values.detach().requires_grad_()); // shape
        var output = ClassicDropout.WithMask(mine, DropoutVariantCases.MaskOf(DropoutKind.Dropout, ratio, shape, dtype, seed)); // shape
        manual_seed((long)seed);
        var expected = reference.call(theirs) * (1 - ratio);    // shape
        output.backward([cotangent]);
        expected.backward([cotangent]);
        record.Compare("output", output, expected, Tolerances.Of(dtype));
        record.Compare("gradient of input", mine.grad, theirs.grad, Tolerances.Of(dtype));
    }
}
