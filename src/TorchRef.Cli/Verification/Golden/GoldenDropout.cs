using TorchRef.Experiments.Golden;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Dropout with masks that were given, not drawn, and its error texts.</summary>
internal static class GoldenDropout
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("dropout").Cases.Where(golden => golden.Module == "Dropout"))
            recorder.Run($"Dropout {golden.Dtype}", "golden", golden.Name, record =>
            {
                var p = golden.Config.GetDouble("p");
                if (golden.Error is not null)
                {
                    record.Compare("error text", Thrown(() => candidates.Dropout(p)), golden.Error);
                    return;
                }
                using var module = candidates.Dropout(p);
                foreach (var step in golden.Steps) RunStep(record, module, p, step);
            });
    }

    private static void RunStep(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> module, double p, GoldenStep step)
    {
        module.train(step.Training);
        var input = GoldenStore.ToTensor(step["input"]).requires_grad_(); // any shape
        var output = step.Training ? Dropout.Dropout.WithMask(input, GoldenStore.ToTensor(step["mask"]), p) : module.call(input); // the same
        record.Compare("output", output, GoldenStore.ToTensor(step["output"]), Tolerances.Exact);
        output.backward([GoldenStore.ToTensor(step["grad_output"])]);
        record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), Tolerances.Exact);
    }

    private static string Thrown(Func<IDisposable> make)
    {
        try
        {
            make().Dispose();
            return "(nothing was thrown)";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
