using TorchRef.Experiments.Golden;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>The dropouts with masks that were given, not drawn, their printed forms and their error texts.</summary>
internal static class GoldenDropout
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("dropout").Cases)
            recorder.Run($"{golden.Module} {golden.Dtype}", "golden", golden.Name, record =>
            {
                var kind = Enum.Parse<DropoutKind>(golden.Module);
                var p = golden.Config.GetDouble("p");
                if (golden.Error is not null)
                {
                    record.Compare("error text", Thrown(() => Make(candidates, kind, p), GoldenStore.ToTensor(golden.Steps[0]["input"])), golden.Error);
                    return;
                }
                using var module = Make(candidates, kind, p);
                if (golden.Printed is not null) record.Compare("printed form", module.ToString()!, golden.Printed);
                foreach (var step in golden.Steps) RunStep(record, module, kind, p, step);
            });
    }

    private static nn.Module<Tensor, Tensor> Make(Candidates candidates, DropoutKind kind, double p) =>
        kind == DropoutKind.Dropout ? candidates.Dropout(p) : candidates.DropoutVariant(new DropoutSettings(kind, p));

    private static void RunStep(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> module, DropoutKind kind, double p, GoldenStep step)
    {
        module.train(step.Training);
        var input = GoldenStore.ToTensor(step["input"]).requires_grad_(); // any shape
        var output = step.Training ? DropoutVariants.WithMask(kind, input, GoldenStore.ToTensor(step["mask"]), p) : module.call(input); // the same
        record.Compare("output", output, GoldenStore.ToTensor(step["output"]), Tolerances.Exact);
        output.backward([GoldenStore.ToTensor(step["grad_output"])]);
        record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), Tolerances.Exact);
    }

    /// <summary>What the constructor says, or training on the input if it says nothing.</summary>
    private static string Thrown(Func<nn.Module<Tensor, Tensor>> make, Tensor input)
    {
        try
        {
            using var module = make();
            module.call(input);
            return "(nothing was thrown)";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
