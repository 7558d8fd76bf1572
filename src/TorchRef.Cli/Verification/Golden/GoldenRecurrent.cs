using TorchRef.Experiments.Golden;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Recurrent batch normalisation against one golden BatchNorm1d for each time step.</summary>
internal static class GoldenRecurrent
{
    private static readonly string[] s_buffers = ["running_mean", "running_var", "num_batches_tracked"];

    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("recurrent").Cases.Where(golden => golden.Module == "BatchNorm1d"))
            recorder.Run($"RecurrentBatchNorm {golden.Dtype}", "golden", golden.Name, record =>
            {
                var dtype = GoldenStore.TypeOf(golden.Dtype);
                var settings = new RecurrentNormSettings(golden.Config.GetInt64("num_features"), golden.Config.GetInt64("max_length"), golden.Config.GetDoubleOrNull("momentum"));
                using var module = candidates.RecurrentBatchNorm(settings, dtype);
                GoldenStore.LoadState(module, golden.Initial);
                foreach (var step in golden.Steps) RunStep(record, step, module, dtype);
            });
    }

    private static void RunStep(ComparisonRecorder.CaseRecorder record, GoldenStep step, nn.Module<Tensor, long, Tensor> module, ScalarType dtype)
    {
        module.train(step.Training);
        module.zero_grad();
        var input = GoldenStore.ToTensor(step["input"]).requires_grad_(); // [N, C]
        var output = module.call(input, (long)step["time"].Item()); // [N, C]
        output.backward([GoldenStore.ToTensor(step["grad_output"])]);
        record.Compare("output", output, GoldenStore.ToTensor(step["output"]), Tolerances.Of(dtype));
        record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), Tolerances.Of(dtype));
        foreach (var (name, parameter) in module.named_parameters())
            record.Compare($"gradient of {name}", parameter.grad, GoldenStore.ToTensor(step[$"grad_{name}"]), Tolerances.Of(dtype));
        foreach (var name in s_buffers)
            record.Compare(name, module.get_buffer(name), GoldenStore.ToTensor(step[name]), Tolerances.OfStatistics(GoldenStore.TypeOf(step[name].Dtype)));
    }
}
