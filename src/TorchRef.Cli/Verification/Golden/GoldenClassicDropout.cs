namespace TorchRef.Cli.Verification.Golden;

/// <summary>Dropout that scales in evaluation, with the masks of golden dropout: in both modes it is 1 − p times that.</summary>
internal static class GoldenClassicDropout
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        // With p = 1 PyTorch's scale has no inverse.
        foreach (var golden in GoldenStore.Read("dropout").Cases.Where(golden => golden.Module == nameof(DropoutKind.Dropout) && golden.Error is null && golden.Config.GetDouble("p") < 1))
            recorder.Run($"ClassicDropout {golden.Dtype}", "golden", golden.Name, record =>
            {
                var ratio = golden.Config.GetDouble("p");
                using var module = candidates.ClassicDropout(ratio);
                foreach (var step in golden.Steps)
                {
                    module.train(step.Training);
                    var input = GoldenStore.ToTensor(step["input"]).requires_grad_(); // any shape
                    var output = step.Training ? candidates.ClassicDropoutWithMask(input, GoldenStore.ToTensor(step["mask"])) : module.call(input); // the same
                    output.backward([GoldenStore.ToTensor(step["grad_output"])]);
                    // In evaluation one product, the same one; in training PyTorch's was divided before.
                    var tolerance = step.Training ? Tolerances.OfSteps(input.dtype) : Tolerances.Exact;
                    record.Compare("output", output, GoldenStore.ToTensor(step["output"]) * (1 - ratio), tolerance);
                    record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]) * (1 - ratio), tolerance);
                }
            });
    }
}
