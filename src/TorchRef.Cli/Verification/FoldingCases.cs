using TorchRef.Normalization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>A layer with batch normalisation folded into it against torch.nn's layer and its normalisation, in evaluation.</summary>
internal static class FoldingCases
{
    private static readonly ScalarType[] s_types = [ScalarType.Float64, ScalarType.Float32];

    public static void Run(ComparisonRecorder recorder, ulong seed)
    {
        foreach (var dtype in s_types)
            foreach (var affine in new[] { true, false })
                foreach (var bias in new[] { true, false })
                {
                    RunOne(recorder, "Linear", $"7 → 5, bias {bias}", affine, dtype, seed, 1, [6, 7],
                        () => nn.Linear(7, 5, bias), (layer, norm) => BatchNormFolding.Fold((TorchSharp.Modules.Linear)layer, norm));
                    RunOne(recorder, "Conv1d", $"4 → 6, groups 2, stride 2, bias {bias}", affine, dtype, seed, 1, [3, 4, 9],
                        () => nn.Conv1d(4, 6, 3, stride: 2, padding: 1, groups: 2, bias: bias), (layer, norm) => BatchNormFolding.Fold((TorchSharp.Modules.Conv1d)layer, norm));
                    RunOne(recorder, "Conv1d", $"4 → 6, same padding, reflected, bias {bias}", affine, dtype, seed, 1, [3, 4, 9],
                        () => nn.Conv1d(4, 6, 3, Padding.Same, padding_mode: PaddingModes.Reflect, bias: bias), (layer, norm) => BatchNormFolding.Fold((TorchSharp.Modules.Conv1d)layer, norm));
                    RunOne(recorder, "Conv2d", $"3 → 5, kernel 3×2, stride 1×2, dilation 2×1, bias {bias}", affine, dtype, seed, 2, [2, 3, 8, 7],
                        () => nn.Conv2d(3, 5, (3, 2), stride: (1, 2), padding: (2, 1), dilation: (2, 1), bias: bias), (layer, norm) => BatchNormFolding.Fold((TorchSharp.Modules.Conv2d)layer, norm));
                    RunOne(recorder, "Conv2d", $"3 → 6, same padding, groups 3, bias {bias}", affine, dtype, seed, 2, [2, 3, 8, 7],
                        () => nn.Conv2d(3, 6, (3, 3), Padding.Same, groups: 3, bias: bias), (layer, norm) => BatchNormFolding.Fold((TorchSharp.Modules.Conv2d)layer, norm));
                }
    }

    private static void RunOne(
        ComparisonRecorder recorder, string layerName, string variant, bool affine, ScalarType dtype, ulong seed, int dimensions, long[] shape,
        Func<nn.Module<Tensor, Tensor>> make, Func<nn.Module<Tensor, Tensor>, TorchSharp.Modules.BatchNorm, nn.Module<Tensor, Tensor>> fold) =>
        recorder.Run($"BatchNormFolding {layerName} {dtype.ToString().ToLowerInvariant()}", "torch.nn", $"{variant}, {(affine ? "affine" : "not affine")}", record =>
        {
            using var random = new Generator(seed);
            manual_seed((long)seed);
            using var layer = make().to(dtype);
            var features = layer.get_parameter("weight")!.shape[0];
            using var norm = BatchNormReference.Make(new BatchNormSettings(features, 1e-3, 0.1, affine, true, dimensions), dtype);
            BatchNormReference.RandomiseState(norm, norm, random);
            layer.eval();
            norm.eval();
            using var folded = fold(layer, norm);
            var input = Draw.Normal(shape, dtype, random);      // (N, …)
            record.Compare("output", folded.call(input), norm.call(layer.call(input)), Tolerances.Of(dtype));
        });
}
