using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Batch normalisation in float32 against the same computation in float64, with values around 0 and 100 deviations away
/// from it: by the rule of <see cref="RoundOff"/>, whatever digits x − μ has left.
/// </summary>
internal static class BatchNormRoundOffCases
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        for (var dimensions = 1; dimensions <= 3; dimensions++)
            foreach (var shape in BatchNormCases.ShapesOf(dimensions))
                foreach (var form in Enum.GetValues<BatchNormForm>())
                    foreach (var affine in new[] { true, false })
                        foreach (var offset in new[] { 0, 100 })
                            foreach (var training in new[] { true, false })
                            {
                                var settings = new BatchNormSettings(shape[1], 1e-5, 0.1, affine, true, dimensions);
                                recorder.Run(
                                    $"{settings.Module} {form.ToString().ToLowerInvariant()} float32 {(training ? "train" : "eval")}", "float64",
                                    $"({string.Join(", ", shape)}), {settings}, values around {offset}",
                                    record => Compare(record, candidates, settings, form, shape, offset, training, seed));
                            }
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, Candidates candidates, BatchNormSettings settings, BatchNormForm form, long[] shape, double offset, bool training, ulong seed)
    {
        using var random = new Generator(seed);
        using var candidate = candidates.BatchNorm(settings, form, float32);
        using var reference = BatchNormReference.Make(settings, float32);
        using var exact = BatchNormReference.Make(settings, float64);
        BatchNormReference.RandomiseState(candidate, reference, random);
        CopyState(candidate, exact);
        var values = Draw.Normal(shape, float32, random) + offset; // (N, C, …)
        var cotangent = Draw.Normal(shape, float32, random);    // (N, C, …)
        var theirs = Results(reference, values, cotangent, training);
        var right = Results(exact, values.to_type(float64), cotangent.to_type(float64), training);
        foreach (var (name, tensor) in Results(candidate, values, cotangent, training))
            RoundOff.Compare(record, name, tensor, theirs[name], right[name]);
    }

    private static Dictionary<string, Tensor> Results(nn.Module<Tensor, Tensor> module, Tensor values, Tensor cotangent, bool training)
    {
        module.train(training);
        var input = values.clone().requires_grad_();            // (N, C, …)
        var output = module.call(input);                        // (N, C, …)
        output.backward([cotangent]);
        var results = new Dictionary<string, Tensor> { ["output"] = output, ["gradient of input"] = input.grad! };
        foreach (var (name, parameter) in module.named_parameters()) results[$"gradient of {name}"] = parameter.grad!;
        foreach (var (name, buffer) in module.named_buffers())
            if (buffer.is_floating_point()) results[name] = buffer;
        return results;
    }

    private static void CopyState(nn.Module from, nn.Module to)
    {
        using var noGraph = no_grad();
        var values = from.state_dict();
        foreach (var (name, tensor) in to.state_dict()) tensor.copy_(values[name]);
    }
}
