using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Hand-written batch normalisation against torch.nn in the same process, over the whole matrix of settings.</summary>
internal static class BatchNormCases
{
    private static readonly ScalarType[] s_types = [ScalarType.Float64, ScalarType.Float32];
    private static readonly double?[] s_momenta = [0.1, 0.7, null];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, int dimensions, ulong seed)
    {
        foreach (var dtype in s_types)
            foreach (var form in Enum.GetValues<BatchNormForm>())
                foreach (var shape in ShapesOf(dimensions))
                    foreach (var affine in new[] { true, false })
                        foreach (var tracking in new[] { true, false })
                            foreach (var momentum in tracking ? s_momenta : [0.1])
                                foreach (var layout in LayoutsOf(dimensions))
                                {
                                    var settings = new BatchNormSettings(shape[1], 1e-5, momentum, affine, tracking, dimensions);
                                    Compare(recorder, candidates, settings, form, dtype, new(random => Draw.Normal(shape, float64, random), layout, dtype), $"({string.Join(", ", shape)})", seed);
                                }
        foreach (var form in Enum.GetValues<BatchNormForm>())
            foreach (var shape in ShapesOf(dimensions))
                Compare(recorder, candidates, new BatchNormSettings(shape[1], 1e-5, 0.1, true, true, dimensions), form, float32, new(random => Draw.Normal(shape, float64, random), InputLayout.Contiguous, bfloat16), $"({string.Join(", ", shape)})", seed);
    }

    /// <summary>Batch normalisation of what a network makes of digits.</summary>
    public static void RunOnActivations(ComparisonRecorder recorder, Candidates candidates, DigitActivations activations, ulong seed)
    {
        foreach (var dtype in s_types)
            foreach (var form in Enum.GetValues<BatchNormForm>())
                foreach (var name in DigitActivations.Names)
                    foreach (var affine in new[] { true, false })
                    {
                        var settings = new BatchNormSettings(DigitActivations.Features, 1e-5, 0.1, affine, true);
                        Compare(recorder, candidates, settings, form, dtype, new(_ => activations[name], InputLayout.Contiguous, dtype), name, seed);
                    }
    }

    /// <summary>Shapes of input with that many dimensions beside batch and channels; for 1 also those without any.</summary>
    public static long[][] ShapesOf(int dimensions) => dimensions switch
    {
        1 => [[4, 10], [4, 5, 3], [16, 3], [32, 16]],
        2 => [[2, 3, 6, 6], [4, 2, 3, 2]],
        _ => [[2, 3, 4, 4, 4], [3, 2, 2, 3, 2]],
    };

    /// <summary>PyTorch keeps channels last from four dimensions on.</summary>
    private static InputLayout[] LayoutsOf(int dimensions) => dimensions == 1
        ? [InputLayout.Contiguous, InputLayout.Transposed, InputLayout.Strided]
        : [InputLayout.Contiguous, InputLayout.Transposed, InputLayout.Strided, InputLayout.ChannelsLast];

    private static void Compare(ComparisonRecorder recorder, Candidates candidates, BatchNormSettings settings, BatchNormForm form, ScalarType parameters, BatchNormTwins.Inputs inputs, string source, ulong seed)
    {
        var name = $"{settings.Module} {form.ToString().ToLowerInvariant()} {inputs.Dtype.ToString().ToLowerInvariant()} {(source[0] == '(' ? "train" : "digits train")}";
        var types = parameters == inputs.Dtype ? "" : $"{parameters.ToString().ToLowerInvariant()} parameters, ";
        recorder.Run(name, "torch.nn", $"{types}{source}, {settings}, {inputs.Layout.ToString().ToLowerInvariant()}", record =>
        {
            using var random = new Generator(seed);
            using var candidate = candidates.BatchNorm(settings, form, parameters);
            using var reference = BatchNormReference.Make(settings, parameters);
            BatchNormTwins.Compare(record, candidate, reference, inputs, random);
        });
    }
}
