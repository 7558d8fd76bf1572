using TorchRef.Experiments.Golden;
using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Activations at golden inputs, among them infinities, NaN and both zeros.</summary>
internal static class GoldenActivations
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("activations").Cases)
            foreach (var form in Enum.GetValues<GradientForm>())
                recorder.Run($"{golden.Module} {form.ToString().ToLowerInvariant()} {golden.Dtype}", "golden", golden.Name, record =>
                {
                    using var module = candidates.Activation(golden.Module, form);
                    foreach (var step in golden.Steps) RunStep(record, module, golden, step);
                    if (golden.Printed is not null) record.Compare("printed", module.ToString() ?? "", golden.Printed);
                });
    }

    private static void RunStep(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> module, GoldenCase golden, GoldenStep step)
    {
        module.train(step.Training);
        var layout = Enum.Parse<InputLayout>(golden.Config.InputLayout, ignoreCase: true);
        var input = InputLayouts.Arrange(GoldenStore.ToTensor(step["input"]), layout).requires_grad_(); // any shape
        var tolerance = Tolerances.Of(input.dtype);
        var output = module.call(input);                        // the same
        record.Compare("output", output, GoldenStore.ToTensor(step["output"]), tolerance);
        output.backward([GoldenStore.ToTensor(step["grad_output"])]);
        record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), tolerance);
    }
}
