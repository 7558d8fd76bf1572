using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>A module under test and its counterpart in torch.nn, taken through the same steps.</summary>
internal static class NormPair
{
    private const int Steps = 3;

    /// <summary>Three steps in training, one in evaluation: outputs, gradients, buffers, keys of the state dict.</summary>
    public static void Compare(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, long[] shape, InputLayout layout, ScalarType dtype, Generator random)
    {
        BatchNormReference.RandomiseState(candidate, reference, random);
        record.Compare("state dict keys", string.Join(", ", candidate.state_dict().Keys), string.Join(", ", reference.state_dict().Keys));
        for (var step = 1; step <= Steps; step++) CompareStep(record, candidate, reference, shape, layout, dtype, random);
        candidate.eval();
        reference.eval();
        CompareStep(record.In("then eval"), candidate, reference, shape, layout, dtype, random);
    }

    /// <summary>One step in training of the module in float32, of torch.nn in float32 and of torch.nn in float64.</summary>
    public static void CompareRoundOff(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, nn.Module<Tensor, Tensor> exact, long[] shape, double offset, Generator random)
    {
        BatchNormReference.RandomiseState(candidate, reference, random);
        var state = reference.state_dict();
        using (no_grad())
            foreach (var (name, tensor) in exact.state_dict()) tensor.copy_(state[name]);
        var values = (Draw.Normal(shape, float64, random) + offset).to_type(float32); // shape
        var cotangent = Draw.Normal(shape, float32, random);    // shape
        var results = new[] { candidate, reference, exact }.Select(module => Differentiate(module, values, cotangent, ReferenceEquals(module, exact) ? float64 : float32)).ToArray();
        foreach (var what in results[0].Keys) RoundOff.Compare(record, what, results[0][what], results[1].GetValueOrDefault(what), results[2].GetValueOrDefault(what));
    }

    private static void CompareStep(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, long[] shape, InputLayout layout, ScalarType dtype, Generator random)
    {
        var values = Draw.Normal(shape, dtype, random);         // shape
        var cotangent = Draw.Normal(shape, dtype, random);      // shape
        var mine = Differentiate(candidate, values, cotangent, dtype, layout);
        var theirs = Differentiate(reference, values, cotangent, dtype, layout);
        foreach (var (what, tensor) in mine) record.Compare(what, tensor, theirs.GetValueOrDefault(what), Tolerances.Of(dtype));
        var buffers = reference.named_buffers().ToDictionary(pair => pair.name, pair => pair.buffer);
        foreach (var (name, buffer) in candidate.named_buffers())
            record.Compare(name, buffer, buffers.GetValueOrDefault(name), Tolerances.OfStatistics(buffer.dtype));
    }

    private static Dictionary<string, Tensor?> Differentiate(nn.Module<Tensor, Tensor> module, Tensor values, Tensor cotangent, ScalarType dtype, InputLayout layout = InputLayout.Contiguous)
    {
        module.zero_grad();
        var input = InputLayouts.Arrange(values.to_type(dtype, copy: true), layout).requires_grad_(); // shape
        var output = module.call(input);                        // shape
        output.backward([cotangent.to_type(dtype)]);
        var results = new Dictionary<string, Tensor?> { ["output"] = output, ["gradient of input"] = input.grad };
        foreach (var (name, parameter) in module.named_parameters()) results[$"gradient of {name}"] = parameter.grad;
        return results;
    }
}
