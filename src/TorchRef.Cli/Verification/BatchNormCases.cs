using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Hand-written batch normalisation against torch.nn in the same process, over the whole matrix of settings.</summary>
internal static class BatchNormCases
{
    private const int Steps = 3;
    private static readonly long[][] s_shapes = [[4, 10], [4, 5, 3], [16, 3], [32, 16]];
    private static readonly InputLayout[] s_layouts = [InputLayout.Contiguous, InputLayout.Transposed, InputLayout.Strided];
    private static readonly double?[] s_momenta = [0.1, 0.7, null];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var form in Enum.GetValues<BatchNormForm>())
                foreach (var shape in s_shapes)
                    foreach (var affine in new[] { true, false })
                        foreach (var tracking in new[] { true, false })
                            foreach (var momentum in tracking ? s_momenta : [0.1])
                                foreach (var layout in s_layouts)
                                {
                                    var settings = new BatchNormSettings(shape[1], 1e-5, momentum, affine, tracking);
                                    Compare(recorder, candidates, settings, form, dtype, layout, random => Draw.Normal(shape, float64, random), $"({string.Join(", ", shape)})", seed);
                                }
    }

    /// <summary>Batch normalisation of what a network makes of digits.</summary>
    public static void RunOnActivations(ComparisonRecorder recorder, Candidates candidates, DigitActivations activations, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var form in Enum.GetValues<BatchNormForm>())
                foreach (var name in DigitActivations.Names)
                    foreach (var affine in new[] { true, false })
                    {
                        var settings = new BatchNormSettings(DigitActivations.Features, 1e-5, 0.1, affine, true);
                        Compare(recorder, candidates, settings, form, dtype, InputLayout.Contiguous, _ => activations[name], name, seed);
                    }
    }

    private static void Compare(ComparisonRecorder recorder, Candidates candidates, BatchNormSettings settings, BatchNormForm form, ScalarType dtype, InputLayout layout, Func<Generator, Tensor> input, string source, ulong seed)
    {
        var name = $"BatchNorm1d {form.ToString().ToLowerInvariant()} {dtype.ToString().ToLowerInvariant()} {(source[0] == '(' ? "train" : "digits train")}";
        var variant = $"{source}, {(settings.Affine ? "affine" : "not affine")}, {(settings.Tracking ? $"momentum {settings.Momentum?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}" : "not tracking")}, {layout.ToString().ToLowerInvariant()}";
        recorder.Run(name, "torch.nn", variant, record =>
        {
            using var random = new Generator(seed);
            using var candidate = candidates.BatchNorm1d(settings, form, dtype);
            using var reference = BatchNormReference.Make(settings, dtype);
            BatchNormReference.RandomiseState(candidate, reference, random);
            record.Compare("state dict keys", string.Join(", ", candidate.state_dict().Keys), string.Join(", ", reference.state_dict().Keys));
            for (var step = 1; step <= Steps; step++) CompareStep(record, candidate, reference, input(random), layout, dtype, random);
            candidate.eval();
            reference.eval();
            CompareStep(record.In("then eval"), candidate, reference, input(random), layout, dtype, random);
        });
    }

    private static void CompareStep(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, Tensor values, InputLayout layout, ScalarType dtype, Generator random)
    {
        candidate.zero_grad();
        reference.zero_grad();
        var (mine, theirs) = (Leaf(values, layout, dtype), Leaf(values, layout, dtype));
        var (output, expected) = (candidate.call(mine), reference.call(theirs)); // the input's shape
        var cotangent = Draw.Normal(values.shape, dtype, random); // the input's shape
        output.backward([cotangent]);
        expected.backward([cotangent]);
        var tolerance = Tolerances.Of(dtype);
        record.Compare("output", output, expected, tolerance);
        record.Compare("gradient of input", mine.grad, theirs.grad, tolerance);
        var parameters = reference.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        foreach (var (name, parameter) in candidate.named_parameters())
            record.Compare($"gradient of {name}", parameter.grad, parameters.GetValueOrDefault(name)?.grad, tolerance);
        var buffers = reference.named_buffers().ToDictionary(pair => pair.name, pair => pair.buffer);
        foreach (var (name, buffer) in candidate.named_buffers())
            record.Compare(name, buffer, buffers.GetValueOrDefault(name), Tolerances.OfStatistics(buffer.dtype));
    }

    private static Tensor Leaf(Tensor values, InputLayout layout, ScalarType dtype) =>
        InputLayouts.Arrange(values.detach().to_type(dtype, copy: true), layout).requires_grad_();
}
