using TorchRef.Experiments.Golden;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Layer, group and instance normalisation against their golden cases: settings, odd inputs, error texts.</summary>
internal static class GoldenNormalization
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("normalization").Cases)
            recorder.Run($"{golden.Module} {golden.Dtype}", "golden", golden.Name, record =>
            {
                if (golden.Steps.Count == 0)
                {
                    record.Compare("error text", Thrown(() => Make(candidates, golden).Dispose()), golden.Error!);
                    return;
                }
                using var module = Make(candidates, golden);
                GoldenStore.LoadState(module, golden.Initial);
                if (golden.Printed is not null) record.Compare("printed form", module.ToString()!, golden.Printed);
                for (var i = 0; i < golden.Steps.Count; i++)
                    RunStep(record, golden, golden.Steps[i], module, raises: golden.Error is not null && i == golden.Steps.Count - 1);
            });
    }

    private static nn.Module<Tensor, Tensor> Make(Candidates candidates, GoldenCase golden)
    {
        var (config, dtype) = (golden.Config, GoldenStore.TypeOf(golden.ParameterDtype));
        var eps = config.GetDouble("eps", 1e-5);
        return golden.Module switch
        {
            "LayerNorm" => candidates.LayerNorm(new LayerNormSettings(Sizes(config), eps, config.GetBoolean("elementwise_affine", true), true), dtype),
            "GroupNorm" => candidates.GroupNorm(new GroupNormSettings(config.GetInt64("num_groups"), config.GetInt64("num_channels"), eps, config.GetBoolean("affine", true)), dtype),
            _ => candidates.InstanceNorm(new InstanceNormSettings(golden.Module["InstanceNorm".Length] - '0', config.GetInt64("num_features"), eps, config.GetDouble("momentum", 0.1),
                config.GetBoolean("affine", false), config.GetBoolean("track_running_stats", false)), dtype),
        };
    }

    private static void RunStep(ComparisonRecorder.CaseRecorder record, GoldenCase golden, GoldenStep step, nn.Module<Tensor, Tensor> module, bool raises)
    {
        module.train(step.Training);
        module.zero_grad();
        var input = Arrange(GoldenStore.ToTensor(step["input"]), golden.Config.InputLayout).detach().requires_grad_(); // any shape
        if (raises) record.Compare("error text", Thrown(() => module.call(input)), golden.Error!);
        else
        {
            var output = module.call(input);                    // the input's shape
            output.backward([GoldenStore.ToTensor(step["grad_output"])]);
            var magnitude = new Magnitudes(golden, step);
            var tolerance = Tolerances.Of(output.dtype);
            record.Compare("output", output, GoldenStore.ToTensor(step["output"]), tolerance, magnitude.Output);
            record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), tolerance, magnitude.Input);
            foreach (var (name, parameter) in module.named_parameters())
                record.Compare($"gradient of {name}", parameter.grad, GoldenStore.ToTensor(step[$"grad_{name}"]), tolerance, name == "weight" ? magnitude.Weight : 0);
        }
        foreach (var (name, buffer) in module.named_buffers())
            record.Compare(name, buffer, GoldenStore.ToTensor(step.Tensors, name), Tolerances.OfStatistics(buffer.dtype));
    }

    private static Tensor Arrange(Tensor values, string layout) => layout == "channels_last"
        ? values.movedim([1L], [-1L]).contiguous().movedim([-1L], [1L]) // the same shape
        : InputLayouts.Arrange(values, Enum.Parse<InputLayout>(layout, ignoreCase: true));

    private static long[] Sizes(GoldenConfig config) => Array.ConvertAll(config.GetDoubles("normalized_shape"), size => (long)size);

    private static string Thrown(Action action)
    {
        try
        {
            action();
            return "(nothing was thrown)";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.Runtime.InteropServices.ExternalException)
        {
            return exception.Message;
        }
    }

    /// <summary>
    /// The largest of the terms that cancel in a step's results, as <see cref="GoldenMagnitudes"/> has them for batch
    /// normalisation; in float64 too, for PyTorch's kernels give 10⁻¹⁷ where a lone value's gradient is 0.
    /// </summary>
    private sealed class Magnitudes
    {
        public Magnitudes(GoldenCase golden, GoldenStep step)
        {
            using var scope = NewDisposeScope();
            var input = GoldenStore.ToTensor(step["input"]).to_type(float64); // any shape
            if (input.numel() == 0) return;
            var rows = golden.Module switch
            {
                "LayerNorm" => input.view(-1, Sizes(golden.Config).Aggregate(1L, (product, size) => product * size)),
                "GroupNorm" => input.view(input.shape[0] * golden.Config.GetInt64("num_groups"), -1),
                _ => input.view(input.numel() / input.shape[^1] / (golden.Module == "InstanceNorm1d" ? 1 : input.shape[2..^1].Aggregate(1L, (product, size) => product * size)), -1),
            };                                                  // [what is normalised together, its values]
            var variance = step.Training || GoldenStore.ToTensor(step.Tensors, "running_var") is not { } running
                ? (rows - rows.mean([1], keepdim: true)).square().mean([1]) : running.to_type(float64);
            var inverse = Largest((variance + golden.Config.GetDouble("eps", 1e-5)).rsqrt());
            var weight = GoldenStore.ToTensor(golden.Initial, "weight") is { } scale ? Largest(scale) : 1;
            var cotangent = Largest(GoldenStore.ToTensor(step["grad_output"]));
            var offset = Math.Max(1, Largest(input) * inverse); // deviations away from 0
            (Output, Input, Weight) = (weight * offset, weight * inverse * cotangent * offset, input.numel() * cotangent * offset);
        }

        public double Output { get; }

        public double Input { get; }

        public double Weight { get; }

        private static double Largest(Tensor tensor) => tensor.to_type(float64).abs().max().item<double>();
    }
}
