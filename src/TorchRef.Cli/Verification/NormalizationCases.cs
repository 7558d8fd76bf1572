using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Layer, group and instance normalisation against torch.nn in the same process, and their float32 results against float64.</summary>
internal static class NormalizationCases
{
    private static readonly ScalarType[] s_types = [ScalarType.Float64, ScalarType.Float32];
    private static readonly InputLayout[] s_layouts = [InputLayout.Contiguous, InputLayout.Transposed, InputLayout.Strided];

    private static readonly (long[] input, LayerNormSettings settings)[] s_layer =
    [
        ([4, 10], new([10], 1e-5, true, true)), ([4, 10], new([10], 1e-5, true, false)), ([4, 10], new([10], 1e-3, false, true)),
        ([3, 5, 4], new([5, 4], 1e-5, true, true)), ([3, 5, 4], new([4], 1e-5, true, true)), ([2, 3, 2, 5], new([3, 2, 5], 1e-5, false, false)),
    ];

    // Without positions, (N, C), golden tensors are the reference: TorchSharp's own refuses such input.
    private static readonly (long[] input, GroupNormSettings settings)[] s_group =
    [
        ([4, 6, 5], new(2, 6, 1e-5, true)), ([4, 6, 5], new(3, 6, 1e-5, true)), ([4, 6, 5], new(6, 6, 1e-3, true)), ([2, 4, 3, 5], new(1, 4, 1e-5, true)),
        ([2, 4, 3, 5], new(2, 4, 1e-5, false)), ([2, 4, 2, 3, 2], new(2, 4, 1e-5, true)),
    ];

    private static readonly long[][] s_instance = [[4, 3, 6], [3, 6], [4, 3, 2, 5], [3, 2, 5], [2, 3, 2, 3, 2], [3, 2, 3, 2]];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in s_types)
            foreach (var layout in s_layouts)
            {
                foreach (var (shape, s) in s_layer)
                    Run(recorder, "LayerNorm", dtype, $"{Describe(shape, s.Eps)}, over ({string.Join(", ", s.Shape)}), {(s.Affine ? s.Bias ? "affine" : "no bias" : "not affine")}", layout, shape, seed,
                        () => candidates.LayerNorm(s, dtype), () => nn.LayerNorm(s.Shape, s.Eps, s.Affine, s.Bias, dtype: dtype));
                foreach (var (shape, s) in s_group)
                    Run(recorder, "GroupNorm", dtype, $"{Describe(shape, s.Eps)}, {s.Groups} groups, {(s.Affine ? "affine" : "not affine")}", layout, shape, seed,
                        () => candidates.GroupNorm(s, dtype), () => nn.GroupNorm(s.Groups, s.Channels, s.Eps, s.Affine, dtype: dtype));
                foreach (var (shape, s) in InstanceNorms())
                    Run(recorder, $"InstanceNorm{s.Dimensions}d", dtype, $"{Describe(shape, s.Eps)}, {(s.Affine ? "affine" : "not affine")}, {(s.Tracking ? $"momentum {s.Momentum?.ToString(CultureInfo.InvariantCulture)}" : "not tracking")}", layout, shape, seed,
                        () => candidates.InstanceNorm(s, dtype), () => Reference(s, dtype));
            }
        foreach (var offset in new[] { 0.0, 10, 1000 }) RunRoundOff(recorder, candidates, offset, seed);
    }

    private static void Run(ComparisonRecorder recorder, string module, ScalarType dtype, string variant, InputLayout layout, long[] shape, ulong seed, Func<nn.Module<Tensor, Tensor>> make, Func<nn.Module<Tensor, Tensor>> makeReference) =>
        recorder.Run($"{module} {dtype.ToString().ToLowerInvariant()} train", "torch.nn", $"{variant}, {layout.ToString().ToLowerInvariant()}", record =>
        {
            using var random = new Generator(seed);
            using var candidate = make();
            using var reference = makeReference();
            NormPair.Compare(record, candidate, reference, shape, layout, dtype, random);
        });

    private static void RunRoundOff(ComparisonRecorder recorder, Candidates candidates, double offset, ulong seed)
    {
        var layer = new LayerNormSettings([64], 1e-5, true, true);
        var group = new GroupNormSettings(2, 8, 1e-5, true);
        var instance = new InstanceNormSettings(1, 8, 1e-5, 0.1, true, false);
        Compare("LayerNorm", [16, 64], () => candidates.LayerNorm(layer, float32), dtype => nn.LayerNorm(layer.Shape, layer.Eps, dtype: dtype));
        Compare("GroupNorm", [16, 8, 16], () => candidates.GroupNorm(group, float32), dtype => nn.GroupNorm(group.Groups, group.Channels, group.Eps, dtype: dtype));
        Compare("InstanceNorm1d", [16, 8, 32], () => candidates.InstanceNorm(instance, float32), dtype => Reference(instance, dtype));

        void Compare(string module, long[] shape, Func<nn.Module<Tensor, Tensor>> make, Func<ScalarType, nn.Module<Tensor, Tensor>> makeReference) =>
            recorder.Run($"{module} float32 train", "float64", string.Create(CultureInfo.InvariantCulture, $"({string.Join(", ", shape)}), {offset} away from 0"), record =>
            {
                using var random = new Generator(seed);
                using var candidate = make();
                using var reference = makeReference(float32);
                using var exact = makeReference(float64);
                NormPair.CompareRoundOff(record, candidate, reference, exact, shape, offset, random);
            });
    }

    private static IEnumerable<(long[] shape, InstanceNormSettings settings)> InstanceNorms()
    {
        for (var i = 0; i < s_instance.Length; i++)
            foreach (var affine in new[] { true, false })
                foreach (var momentum in new double?[] { null, 0.1, 0.7 })
                    yield return (s_instance[i], new InstanceNormSettings(i / 2 + 1, 3, 1e-5, momentum ?? 0.1, affine, momentum is not null));
    }

    private static InstanceNorm Reference(InstanceNormSettings s, ScalarType dtype)
    {
        InstanceNorm module = s.Dimensions switch
        {
            1 => nn.InstanceNorm1d(s.Features, s.Eps, s.Momentum!.Value, s.Affine, s.Tracking),
            2 => nn.InstanceNorm2d(s.Features, s.Eps, s.Momentum!.Value, s.Affine, s.Tracking),
            _ => nn.InstanceNorm3d(s.Features, s.Eps, s.Momentum!.Value, s.Affine, s.Tracking),
        };
        return module.to(dtype);
    }

    private static string Describe(long[] shape, double eps) => string.Create(CultureInfo.InvariantCulture, $"({string.Join(", ", shape)}), eps {eps}");
}
