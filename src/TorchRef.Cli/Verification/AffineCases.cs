using TorchRef.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The hand-written affine layer against torch.nn.Linear: parameters from the same seed bit for bit, outputs, gradients.</summary>
internal static class AffineCases
{
    private const long Inputs = 7, Outputs = 4;
    private static readonly long[][] s_shapes = [[Inputs], [5, Inputs], [32, Inputs], [3, 5, Inputs], [2, 3, 2, Inputs], [0, Inputs]];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var form in Enum.GetValues<GradientForm>())
            foreach (var bias in new[] { true, false })
                foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
                    foreach (var shape in s_shapes)
                    {
                        var name = $"Affine {form.ToString().ToLowerInvariant()} {dtype.ToString().ToLowerInvariant()} train";
                        var variant = $"({string.Join(", ", shape)}){(bias ? "" : ", no bias")}";
                        foreach (var layout in shape.Length > 1 ? new[] { InputLayout.Contiguous, InputLayout.Transposed, InputLayout.Strided } : [InputLayout.Contiguous])
                            recorder.Run(name, "torch.nn", $"{variant}, {layout.ToString().ToLowerInvariant()}", record => Compare(record, candidates, new(Inputs, Outputs, bias), form, dtype, shape, layout, seed));
                        if (dtype == ScalarType.Float32)
                            recorder.Run(name, "float64", variant, record => CompareWithFloat64(record, candidates, new(Inputs, Outputs, bias), form, shape, seed));
                    }
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, Candidates candidates, AffineSettings settings, GradientForm form, ScalarType dtype, long[] shape, InputLayout layout, ulong seed)
    {
        var (candidate, reference) = Twins(candidates, settings, form, dtype, seed);
        var mine = candidate.state_dict();
        var theirs = reference.state_dict();
        record.Compare("state dict keys", string.Join(", ", mine.Keys), string.Join(", ", theirs.Keys));
        foreach (var (key, tensor) in theirs) record.Compare($"new {key}", mine.GetValueOrDefault(key), tensor, Tolerances.Exact);
        var expected = Results(reference, shape, dtype, layout, seed);
        foreach (var (what, tensor) in Results(candidate, shape, dtype, layout, seed))
            record.Compare(what, tensor, expected.GetValueOrDefault(what), Tolerances.Of(dtype));
        candidate.eval();
        reference.eval();
        record.In("then eval").Compare("output", Results(candidate, shape, dtype, layout, seed)["output"], Results(reference, shape, dtype, layout, seed)["output"], Tolerances.Of(dtype));
        candidate.Dispose();
        reference.Dispose();
    }

    private static void CompareWithFloat64(ComparisonRecorder.CaseRecorder record, Candidates candidates, AffineSettings settings, GradientForm form, long[] shape, ulong seed)
    {
        var (candidate, reference) = Twins(candidates, settings, form, ScalarType.Float32, seed);
        var mine = Results(candidate, shape, ScalarType.Float32, InputLayout.Contiguous, seed);
        var theirs = Results(reference, shape, ScalarType.Float32, InputLayout.Contiguous, seed);
        reference.zero_grad();
        reference.to(ScalarType.Float64);
        foreach (var (what, exact) in Results(reference, shape, ScalarType.Float64, InputLayout.Contiguous, seed))
            RoundOff.Compare(record, what, mine.GetValueOrDefault(what), theirs[what], exact);
        candidate.Dispose();
        reference.Dispose();
    }

    private static (nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference) Twins(Candidates candidates, AffineSettings settings, GradientForm form, ScalarType dtype, ulong seed)
    {
        manual_seed((long)seed);
        var candidate = candidates.Affine(settings, form, dtype);
        manual_seed((long)seed);
        return (candidate, nn.Linear(settings.Inputs, settings.Outputs, settings.Bias, dtype: dtype));
    }

    /// <summary>Output and gradients. The values are drawn in float32, so that a float64 module gets the very same.</summary>
    private static Dictionary<string, Tensor?> Results(nn.Module<Tensor, Tensor> module, long[] shape, ScalarType dtype, InputLayout layout, ulong seed)
    {
        using var random = new Generator(seed);
        module.zero_grad();
        var input = InputLayouts.Arrange(Draw.Normal(shape, ScalarType.Float32, random).to_type(dtype), layout).requires_grad_(); // […, in]
        var output = module.call(input);                        // […, out]
        output.backward([Draw.Normal(output.shape, ScalarType.Float32, random).to_type(dtype)]);
        var results = new Dictionary<string, Tensor?> { ["output"] = output, ["gradient of input"] = input.grad };
        foreach (var (name, parameter) in module.named_parameters()) results[$"gradient of {name}"] = parameter.grad?.clone();
        return results;
    }
}
