using TorchRef.Experiments.Golden;
using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Softmax cross-entropy of golden logits and targets, in every reduction.</summary>
internal static class GoldenLosses
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("losses").Cases)
            foreach (var form in Enum.GetValues<GradientForm>())
                recorder.Run($"SoftmaxCrossEntropy {form.ToString().ToLowerInvariant()} {golden.Dtype}", "golden", golden.Name, record =>
                {
                    var reduction = Enum.Parse<nn.Reduction>(golden.Config.GetString("reduction"), ignoreCase: true);
                    using var module = candidates.CrossEntropy(new(null, -100, reduction, 0), form);
                    foreach (var step in golden.Steps) RunStep(record, module, step);
                });
    }

    private static void RunStep(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor, Tensor> module, GoldenStep step)
    {
        var input = GoldenStore.ToTensor(step["input"]).requires_grad_(); // [N, C, …]
        var tolerance = Tolerances.Of(input.dtype);
        var loss = module.call(input, GoldenStore.ToTensor(step["target"])); // [], or [N, …]
        record.Compare("loss", loss, GoldenStore.ToTensor(step["output"]), tolerance);
        loss.backward([GoldenStore.ToTensor(step["grad_output"])]);
        record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), tolerance);
    }
}
