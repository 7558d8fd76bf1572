using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Second derivatives of batch normalisation: of a weighted sum of the gradients of input, γ and β, with respect to
/// input, cotangent and γ. Both forms against torch.nn, and the closed form against the composite one.
/// </summary>
internal static class BatchNormSecondOrderCases
{
    private static readonly string[] s_names = ["second gradient of input", "second gradient of grad_output", "second gradient of weight"];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        for (var dimensions = 1; dimensions <= 3; dimensions++)
            foreach (var shape in BatchNormCases.ShapesOf(dimensions))
                foreach (var affine in new[] { true, false })
                    foreach (var training in new[] { true, false })
                    {
                        var settings = new BatchNormSettings(shape[1], 1e-3, 0.1, affine, true, dimensions);
                        var (mode, variant) = (training ? "train" : "eval", $"({string.Join(", ", shape)}), {settings}");
                        foreach (var form in Enum.GetValues<BatchNormForm>())
                            recorder.Run($"{settings.Module} {form.ToString().ToLowerInvariant()} float64 {mode} second order", "torch.nn", variant, record =>
                                Compare(record, candidates.BatchNorm(settings, form, float64), BatchNormReference.Make(settings, float64), shape, training, seed));
                        recorder.Run($"{settings.Module} closedform float64 {mode} second order", "composite form", variant, record =>
                            Compare(record, candidates.BatchNorm(settings, BatchNormForm.ClosedForm, float64), candidates.BatchNorm(settings, BatchNormForm.Composite, float64), shape, training, seed));
                    }
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, long[] shape, bool training, ulong seed)
    {
        using var random = new Generator(seed);
        BatchNormReference.RandomiseState(candidate, reference, random);
        var (mine, theirs) = (SecondGradients(candidate, shape, training, seed), SecondGradients(reference, shape, training, seed));
        for (var i = 0; i < mine.Length; i++) record.Compare(s_names[i], mine[i], theirs[i], Tolerances.OfSecondOrder);
        candidate.Dispose();
        reference.Dispose();
    }

    private static Tensor[] SecondGradients(nn.Module<Tensor, Tensor> module, long[] shape, bool training, ulong seed)
    {
        using var random = new Generator(seed + 1);
        module.train(training);
        var input = Draw.Normal(shape, float64, random).requires_grad_(); // (N, C, …)
        var cotangent = Draw.Normal(shape, float64, random).requires_grad_(); // (N, C, …)
        List<Tensor> leaves = [input, .. module.parameters()];
        var gradients = autograd.grad([module.call(input)], leaves, [cotangent], retain_graph: true, create_graph: true);
        var probed = zeros([], float64);                        // []
        foreach (var gradient in gradients) probed = probed + (gradient * Draw.Normal(gradient.shape, float64, random)).sum();
        List<Tensor> sources = [input, cotangent, .. module.parameters().Take(1)];
        // A gradient that nothing can differentiate is a fault to report; asked all the same, the engine would end the process.
        if (!probed.requires_grad) return [.. sources.Select(source => zeros_like(source))];
        var seconds = autograd.grad([probed], sources, allow_unused: true);
        return [.. seconds.Select((second, i) => second.IsInvalid ? zeros_like(sources[i]) : second)];
    }
}
