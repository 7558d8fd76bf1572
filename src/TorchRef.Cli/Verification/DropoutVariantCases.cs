using System.Globalization;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Hand-written dropout in place, of channels and for SELUs against torch.nn: from the same seed every bit must be the
/// same, forward and backward, and the random stream must stand where torch.nn's does.
/// </summary>
internal static class DropoutVariantCases
{
    private const double Float32RoundOff = 1.1920929e-07;

    private static readonly double[] s_probabilities = [0, 0.1, 0.5, 0.9, 1];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var kind in Enum.GetValues<DropoutKind>())
            foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
                foreach (var shape in ShapesOf(kind))
                    foreach (var p in s_probabilities)
                    {
                        var variant = string.Create(CultureInfo.InvariantCulture, $"({string.Join(", ", shape)}), p {p}");
                        foreach (var training in new[] { true, false })
                            foreach (var inplace in new[] { false, true })
                                foreach (var layout in new[] { InputLayout.Contiguous, InputLayout.Transposed, InputLayout.Strided })
                                    recorder.Run(
                                        $"{kind} {Text(dtype)} {(training ? "train" : "eval")}", "torch.nn", $"{variant}{(inplace ? ", in place" : "")}, {layout.ToString().ToLowerInvariant()}",
                                        record => Compare(record, candidates, new DropoutSettings(kind, p, inplace), shape, dtype, layout, training, seed));
                        if (dtype == ScalarType.Float32)
                            recorder.Run($"{kind} float32 train", "float64", variant, record => CompareWithFloat64(record, kind, p, shape, seed));
                    }
    }

    /// <summary>Where torch.nn's module keeps and drops elements of that shape after that seed: 1 and 0.</summary>
    public static Tensor MaskOf(DropoutKind kind, double p, long[] shape, ScalarType dtype, ulong seed)
    {
        if (p == 1) return zeros(shape, dtype);                 // shape; where all is dropped nothing can be told apart
        using var reference = DropoutVariants.MakeReference(kind, p);
        manual_seed((long)seed);
        return CallReference(reference, kind, ones(shape, dtype)).gt(0).to_type(dtype); // shape; what is dropped is at most 0
    }

    /// <summary>Shapes of input that a kind takes.</summary>
    public static long[][] ShapesOf(DropoutKind kind) => kind switch
    {
        DropoutKind.Dropout1d => [[4, 5, 6], [7, 3]],
        DropoutKind.Dropout2d => [[4, 5, 3, 2], [4, 5, 3], [6, 7]],
        DropoutKind.Dropout3d => [[3, 4, 2, 3, 2], [5, 2, 3, 2]],
        DropoutKind.FeatureAlphaDropout => [[4, 5, 3, 2], [6, 7]],
        _ => [[100, 2], [8, 5, 7]],
    };

    private static string Text(ScalarType dtype) => dtype.ToString().ToLowerInvariant();

    private static void Compare(ComparisonRecorder.CaseRecorder record, Candidates candidates, DropoutSettings settings, long[] shape, ScalarType dtype, InputLayout layout, bool training, ulong seed)
    {
        using var random = new Generator(seed);
        using var candidate = candidates.DropoutVariant(settings);
        using var reference = DropoutVariants.MakeReference(settings.Kind, settings.P);
        candidate.train(training);
        reference.train(training);
        var values = InputLayouts.Arrange(Draw.Normal(shape, dtype, random), layout); // shape
        var cotangent = Draw.Normal(shape, dtype, random);      // shape
        var (mine, theirs) = (values.detach().requires_grad_(), values.detach().requires_grad_()); // shape
        // A leaf can't be changed in place, a copy of it can; the copy keeps the layout.
        var given = settings.Inplace ? mine.clone() : mine;     // shape
        manual_seed((long)seed);
        var output = candidate.call(given);                     // shape
        var next = rand([4], float64);                          // [4]
        manual_seed((long)seed);
        var expected = CallReference(reference, settings.Kind, theirs); // shape
        record.Compare("random numbers afterwards", next, rand([4], float64), Tolerances.Exact);
        record.Compare("output", output, expected, Tolerances.Exact);
        if (settings.Inplace) record.Compare("input afterwards", given, expected, Tolerances.Exact);
        output.backward([cotangent]);
        expected.backward([cotangent]);
        record.Compare("gradient of input", mine.grad, theirs.grad, Tolerances.Exact);
    }

    /// <summary>float32 may be at most twice as far from float64 as torch.nn's float32 is, and two round-offs.</summary>
    private static void CompareWithFloat64(ComparisonRecorder.CaseRecorder record, DropoutKind kind, double p, long[] shape, ulong seed)
    {
        using var random = new Generator(seed);
        var values = Draw.Normal(shape, float32, random);       // shape
        var mask = MaskOf(kind, p, shape, float32, seed);       // shape
        using var reference = DropoutVariants.MakeReference(kind, p);
        manual_seed((long)seed);
        var theirs = CallReference(reference, kind, values).to_type(float64); // shape
        var exact = DropoutVariants.WithMask(kind, values.to_type(float64), mask.to_type(float64), p); // shape
        var mine = DropoutVariants.WithMask(kind, values, mask, p).to_type(float64); // shape
        record.Compare("output", mine, exact, 2 * Difference.RelativeToLargest(theirs, exact) + 2 * Float32RoundOff);
    }

    /// <summary>
    /// Calls torch.nn's module with dimensions that it can't take for others: TorchSharp's doesn't always see a batch where
    /// Python's does. Missing dimensions are added with one value each, and taken away.
    /// </summary>
    private static Tensor CallReference(nn.Module<Tensor, Tensor> reference, DropoutKind kind, Tensor input) => (kind, input.dim()) switch
    {
        (DropoutKind.Dropout1d, 2) or (DropoutKind.Dropout3d, 4) => reference.call(input.unsqueeze(0)).squeeze(0), // an example without a batch
        (DropoutKind.Dropout2d, 2) => reference.call(input.unsqueeze(-1).unsqueeze(-1)).squeeze(-1).squeeze(-1), // (N, C)
        (DropoutKind.Dropout2d, 3) => reference.call(input.unsqueeze(-1)).squeeze(-1), // (N, C, L)
        _ => reference.call(input),                             // the input's shape
    };
}
