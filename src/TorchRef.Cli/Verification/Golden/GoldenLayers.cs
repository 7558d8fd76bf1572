using TorchRef.Experiments.Golden;
using TorchRef.Layers;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>The affine layer against golden linear ones, and the step against torch.heaviside.</summary>
internal static class GoldenLayers
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("layers").Cases)
            if (golden.Module == "heaviside")
                recorder.Run($"Step {golden.Dtype}", "golden", golden.Name, record => CompareStep(record, candidates, golden));
            else
                foreach (var form in Enum.GetValues<GradientForm>())
                    recorder.Run($"Affine {form.ToString().ToLowerInvariant()} {golden.Dtype}", "golden", golden.Name, record => CompareAffine(record, candidates, golden, form));
    }

    private static void CompareStep(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden)
    {
        using var module = candidates.Step(golden.Config.GetDouble("values"));
        foreach (var step in golden.Steps)
            record.Compare("output", module.call(GoldenStore.ToTensor(step["input"])), GoldenStore.ToTensor(step["output"]), Tolerances.Exact);
    }

    private static void CompareAffine(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, GradientForm form)
    {
        var settings = new AffineSettings(golden.Config.GetInt64("in_features"), golden.Config.GetInt64("out_features"), golden.Config.GetBoolean("bias", true));
        using var module = candidates.Affine(settings, form, GoldenStore.TypeOf(golden.Dtype));
        GoldenStore.LoadState(module, golden.Initial);
        record.Compare("printed form", module.ToString()!.Replace("Affine(", "Linear(", StringComparison.Ordinal), golden.Printed!);
        record.Compare("state dict keys", string.Join(", ", module.state_dict().Keys), string.Join(", ", golden.Initial.Keys));
        foreach (var step in golden.Steps)
        {
            module.train(step.Training);
            module.zero_grad();
            var layout = Enum.Parse<InputLayout>(golden.Config.InputLayout, ignoreCase: true);
            var input = InputLayouts.Arrange(GoldenStore.ToTensor(step["input"]), layout).detach().requires_grad_(); // […, in]
            if (golden.Error is not null)
            {
                record.Compare("error text", Thrown(() => module.call(input)), golden.Error);
                continue;
            }
            var tolerance = Tolerances.Of(input.dtype);
            var output = module.call(input);                    // […, out]
            output.backward([GoldenStore.ToTensor(step["grad_output"])]);
            record.Compare("output", output, GoldenStore.ToTensor(step["output"]), tolerance);
            record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), tolerance);
            foreach (var (name, parameter) in module.named_parameters())
                record.Compare($"gradient of {name}", parameter.grad, GoldenStore.ToTensor(step[$"grad_{name}"]), tolerance);
        }
    }

    private static string Thrown(Action action)
    {
        try
        {
            action();
            return "(nothing was thrown)";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
