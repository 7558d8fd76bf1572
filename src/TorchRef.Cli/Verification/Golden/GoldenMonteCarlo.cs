using TorchRef.Experiments.Golden;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Mean and deviation of a network's passes with golden dropout masks.</summary>
internal static class GoldenMonteCarlo
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("monte_carlo").Cases)
            recorder.Run($"MonteCarlo {golden.Dtype}", "golden", golden.Name, record =>
            {
                var (step, samples) = (golden.Steps[0], (int)golden.Config.GetInt64("samples"));
                var input = GoldenStore.ToTensor(step["input"]);  // [N, I]
                foreach (var unbiased in new[] { true, false })
                {
                    using var network = Build(golden);
                    var (mean, deviation) = candidates.MonteCarlo(network, input, samples, unbiased, module => module is GivenMasks); // [N, O], [N, O]
                    record.Compare("mean", mean, GoldenStore.ToTensor(step["mean"]), Tolerances.Of(input.dtype));
                    record.Compare("standard deviation", deviation, GoldenStore.ToTensor(step[unbiased ? "std" : "std_biased"]), Tolerances.Of(input.dtype));
                }
            });
    }

    private static Sequential Build(GoldenCase golden)
    {
        var dtype = GoldenStore.TypeOf(golden.Dtype);
        var masks = GoldenStore.ToTensor(golden.Steps[0]["mask"]); // [T, N, H]
        var network = nn.Sequential(
            ("linear1", LinearOf(golden, "linear1", dtype)), ("relu", nn.ReLU()), ("dropout", new GivenMasks(masks, golden.Config.GetDouble("p"))), ("linear2", LinearOf(golden, "linear2", dtype)));
        GoldenStore.LoadState(network, golden.Initial);
        return network;
    }

    private static Linear LinearOf(GoldenCase golden, string name, ScalarType dtype)
    {
        var shape = golden.Initial[$"{name}.weight"].Shape;
        return nn.Linear(shape[1], shape[0], dtype: dtype);
    }

    /// <summary>A dropout that drops by the next of its masks in training and nothing in evaluation.</summary>
    private sealed class GivenMasks(Tensor masks, double p) : nn.Module<Tensor, Tensor>(nameof(GivenMasks))
    {
        private long _passes;

        public override Tensor forward(Tensor input) => training ? Dropout.Dropout.WithMask(input, masks[_passes++], p) : input.alias(); // the input's shape
    }
}
