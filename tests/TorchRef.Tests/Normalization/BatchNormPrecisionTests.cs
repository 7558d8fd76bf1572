using TorchRef.Normalization;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>
/// Float32 against the same computation in float64: an error of at most twice torch.nn's own, and two units in the last
/// place. The shapes are those where sums are taken in different ways.
/// </summary>
public sealed class BatchNormPrecisionTests
{
    private const double Unit = 1.1920929e-07;

    private static readonly long[][] s_shapes = [[7, 64], [100, 100], [128, 16], [1000, 66], [1021, 70], [1024, 64], [2500, 8]];

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void Values_around_zero_keep_their_digits(BatchNormForm form) => Compare(form, values => values);

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void Values_far_from_zero_keep_their_digits(BatchNormForm form) => Compare(form, values => values + 1e4);

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void Rows_in_ascending_order_keep_their_digits(BatchNormForm form) => Compare(form, values => values.sort(0).Values);

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void A_single_far_row_costs_the_others_no_more_than_it_must(BatchNormForm form) => Compare(form, values =>
    {
        values[0].add_(1e4);
        return values;
    });

    [Theory]
    [InlineData(BatchNormForm.Composite)]
    [InlineData(BatchNormForm.ClosedForm)]
    public void An_infinite_value_makes_the_running_mean_of_its_channel_infinite(BatchNormForm form)
    {
        using var scope = NewDisposeScope();
        foreach (var shape in s_shapes)
        {
            var values = zeros(shape);                          // (N, C)
            values[3, 1].fill_(double.PositiveInfinity);
            var module = new BatchNorm1d(shape[1], form: form);
            module.call(values);
            Assert.Equal(double.PositiveInfinity, module.RunningMean![1].item<float>());
            Assert.Equal(0, module.RunningMean[0].item<float>());
        }
    }

    private static void Compare(BatchNormForm form, Func<Tensor, Tensor> placed)
    {
        using var random = new Generator(7);
        foreach (var shape in s_shapes)
        {
            using var scope = NewDisposeScope();
            var values = placed(randn(shape, generator: random)); // (N, C)
            var cotangent = randn(shape, generator: random);    // (N, C)
            var exact = Results(new Norms(shape[1]).Torch(2), values.to_type(float64), cotangent.to_type(float64));
            var theirs = Results(new Norms(shape[1]).Torch(2, float32), values, cotangent);
            foreach (var (name, mine) in Results(new Norms(shape[1]).Own(2, form, float32), values, cotangent))
            {
                var allowed = 2 * Difference.RelativeToLargest(theirs[name].to_type(float64), exact[name]) + 2 * Unit;
                var error = Difference.RelativeToLargest(mine.to_type(float64), exact[name]);
                Assert.True(error <= allowed, $"({shape[0]}, {shape[1]}), {name}: expected at most {allowed:G3} but got {error:G3}");
            }
        }
    }

    private static Dictionary<string, Tensor> Results(nn.Module<Tensor, Tensor> module, Tensor values, Tensor cotangent)
    {
        var input = values.clone().requires_grad_();            // (N, C)
        var output = module.call(input);                        // (N, C)
        output.backward([cotangent]);
        var results = new Dictionary<string, Tensor> { ["output"] = output.detach(), ["gradient of input"] = input.grad! };
        foreach (var (name, parameter) in module.named_parameters()) results[$"gradient of {name}"] = parameter.grad!;
        foreach (var (name, buffer) in module.named_buffers())
            if (buffer.is_floating_point()) results[name] = buffer;
        return results;
    }
}
