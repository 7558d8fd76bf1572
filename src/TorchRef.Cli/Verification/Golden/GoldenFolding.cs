using TorchRef.Experiments.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>A layer and its batch normalisation as one layer: its parameters against those of torch.nn.utils.fusion, its output against the two.</summary>
internal static class GoldenFolding
{
    private const string Layer = "layer.", Norm = "norm.";

    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("batchnorm_variants").Cases.Where(golden => golden.Initial.Keys.Any(name => name.StartsWith(Layer, StringComparison.Ordinal))))
            recorder.Run($"BatchNormFolding {golden.Module} {golden.Dtype}", "golden", golden.Name, record =>
            {
                var dtype = GoldenStore.TypeOf(golden.Dtype);
                using var layer = MakeLayer(golden).to(dtype);
                var channels = golden.Initial[$"{Norm}running_mean"].Shape[0];
                using var norm = BatchNormReference.Make(
                    new BatchNormSettings(channels, golden.Config.GetDouble("eps"), 0.1, golden.Config.GetBoolean("affine"), true, golden.Module == "Conv2d" ? 2 : 1), dtype);
                GoldenStore.LoadState(layer, Part(golden.Initial, Layer));
                GoldenStore.LoadState(norm, Part(golden.Initial, Norm));
                layer.eval();
                norm.eval();
                using var folded = candidates.Folded(layer, norm);
                var step = golden.Steps[0];
                foreach (var name in new[] { "weight", "bias" })
                    record.Compare(name, folded.get_parameter(name), GoldenStore.ToTensor(step[name]), Tolerances.OfSteps(dtype));
                record.Compare("output", folded.call(GoldenStore.ToTensor(step["input"])), GoldenStore.ToTensor(step["output"]), Tolerances.Of(dtype));
            });
    }

    private static nn.Module<Tensor, Tensor> MakeLayer(GoldenCase golden)
    {
        var (config, bias) = (golden.Config, golden.Config.GetBoolean("bias"));
        if (golden.Module == "Linear") return nn.Linear(config.GetInt64("in_features"), config.GetInt64("out_features"), bias);
        var (inputs, outputs, groups) = (config.GetInt64("in_channels"), config.GetInt64("out_channels"), config.GetInt64("groups", 1));
        var (stride, padding) = (config.GetInt64("stride", 1), config.GetInt64("padding"));
        var kernel = Array.ConvertAll(config.GetDoubles("kernel_size"), size => (long)size);
        return golden.Module == "Conv1d"
            ? nn.Conv1d(inputs, outputs, kernel[0], stride, padding, groups: groups, bias: bias)
            : nn.Conv2d(inputs, outputs, (kernel[0], kernel[1]), (stride, stride), (padding, padding), groups: groups, bias: bias);
    }

    private static GoldenTensors Part(GoldenTensors state, string prefix) => new(
        state.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key[prefix.Length..], pair.Value)));
}
