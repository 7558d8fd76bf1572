using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Two batch normalisations side by side on the same inputs: a few steps of training, then one of evaluation.</summary>
internal static class BatchNormTwins
{
    private const int Steps = 3;

    /// <summary>Values of about 1 cancel in a mean: it can't keep more digits than they had.</summary>
    private const double LargestMean = 1;

    /// <summary>The sources of an input and where its gradient comes to lie.</summary>
    /// <param name="Values">The values of a step, in float64.</param>
    /// <param name="Layout">How they lie in memory.</param>
    /// <param name="Dtype">Their type.</param>
    public sealed record Inputs(Func<Generator, Tensor> Values, InputLayout Layout, ScalarType Dtype);

    /// <summary>Brings both into the same random state and compares everything after each step.</summary>
    public static void Compare(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, Inputs inputs, Generator random)
    {
        BatchNormReference.RandomiseState(candidate, reference, random);
        record.Compare("state dict keys", string.Join(", ", candidate.state_dict().Keys), string.Join(", ", reference.state_dict().Keys));
        for (var step = 1; step <= Steps; step++) CompareStep(record, candidate, reference, inputs, random);
        candidate.eval();
        reference.eval();
        CompareStep(record.In("then eval"), candidate, reference, inputs, random);
    }

    public static void CompareStep(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, Inputs inputs, Generator random)
    {
        candidate.zero_grad();
        reference.zero_grad();
        var values = inputs.Values(random);                     // (N, C, …)
        var (mine, theirs) = (Leaf(values, inputs), Leaf(values, inputs)); // (N, C, …)
        var (output, expected) = (candidate.call(mine), reference.call(theirs)); // (N, C, …)
        var cotangent = Draw.Normal(values.shape, inputs.Dtype, random); // (N, C, …)
        output.backward([cotangent]);
        expected.backward([cotangent]);
        var tolerance = Tolerances.Of(inputs.Dtype);
        record.Compare("output", output, expected, tolerance);
        if (inputs.Layout == InputLayout.ChannelsLast) record.Compare("strides of output", string.Join(", ", output.stride()), string.Join(", ", expected.stride()));
        record.Compare("gradient of input", mine.grad, theirs.grad, tolerance);
        var parameters = reference.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        foreach (var (name, parameter) in candidate.named_parameters())
            record.Compare($"gradient of {name}", parameter.grad, parameters.GetValueOrDefault(name)?.grad, tolerance);
        var buffers = reference.named_buffers().ToDictionary(pair => pair.name, pair => pair.buffer);
        foreach (var (name, buffer) in candidate.named_buffers())
            record.Compare(name, buffer, buffers.GetValueOrDefault(name), Tolerances.OfStatistics(buffer.dtype), name == "running_mean" ? LargestMean : 0);
    }

    private static Tensor Leaf(Tensor values, Inputs inputs) =>
        InputLayouts.Arrange(values.detach().to_type(inputs.Dtype, copy: true), inputs.Layout).requires_grad_(); // (N, C, …)
}
