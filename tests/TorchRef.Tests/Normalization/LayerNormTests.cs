using TorchRef.Normalization;
using static TorchRef.Tests.Normalization.CentralDifferences;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public class LayerNormTests
{
    [Fact]
    public void Every_sample_gets_mean_0_and_variance_1()
    {
        using var norm = new LayerNorm([3, 4], eps: 0, dtype: float64);
        var output = norm.call(Normal(1, 5, 3, 4) * 7 + 2);
        Near(zeros(5, float64), output.mean([1, 2]));
        Near(ones(5, float64), output.square().mean([1, 2]));
    }

    [Fact]
    public void A_sample_doesnt_depend_on_its_batch()
    {
        using var norm = new LayerNorm(4, dtype: float64);
        var input = Normal(2, 5, 4);
        Near(norm.call(input)[3], norm.call(input[3]), 0);
    }

    [Theory]
    [InlineData(true, true, "weight, bias")]
    [InlineData(true, false, "weight")]
    [InlineData(false, true, "")]
    public void The_flags_choose_the_parameters(bool affine, bool bias, string keys)
    {
        using var norm = new LayerNorm(4, elementwise_affine: affine, bias: bias);
        Assert.Equal(keys, string.Join(", ", norm.state_dict().Keys));
        Assert.Equal(affine, norm.Weight is not null);
        Assert.Equal(affine && bias, norm.Bias is not null);
    }

    [Fact]
    public void The_gradient_is_the_limit_of_differences()
    {
        using var norm = new LayerNorm([2, 3], eps: 1e-2, dtype: float64);
        using (no_grad()) norm.Weight!.copy_(Normal(3, 2, 3));
        Agree(norm.call, Normal(4, 2, 2, 3));
    }

    [Fact]
    public void A_large_offset_costs_no_digits_of_float32()
    {
        using var norm = new LayerNorm(64);
        using var exact = new LayerNorm(64, dtype: float64);
        var input = (Normal(6, 8, 64) + 10000).to_type(float32);
        Near(exact.call(input.to_type(float64)), norm.call(input), 1e-5);
    }

    [Fact]
    public void Low_precision_comes_back_as_such()
    {
        using var norm = new LayerNorm(8);
        var input = Normal(7, 3, 8).to_type(bfloat16);
        var output = norm.call(input);
        Assert.Equal(bfloat16, output.dtype);
        Near(norm.call(input.to_type(float32)), output, 0.02);
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_output()
    {
        using var norm = new LayerNorm(4);
        var input = zeros(0, 4).requires_grad_();
        var output = norm.call(input);
        output.sum().backward();
        Assert.Equal([0, 4], output.shape);
        Near(zeros(4), norm.Weight!.grad!, 0);
    }

    [Fact]
    public void What_doesnt_fit_is_said_in_PyTorchs_words()
    {
        using var norm = new LayerNorm([2, 3]);
        Says("Given normalized_shape=[2, 3], expected input with shape [*, 2, 3], but got input of size[4, 3, 3]", () => norm.call(zeros(4, 3, 3)));
        Says("Given normalized_shape=[2, 3], expected input with shape [*, 2, 3], but got input of size[3]", () => norm.call(zeros(3)));
        Says("\"LayerNormKernelImpl\" not implemented for 'Long'", () => norm.call(zeros([2, 3], int64)));
        Says("expected scalar type Double but found Float", () => norm.call(zeros([2, 3], float64)));
        Says("Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []", () => new LayerNorm([]));
    }

    private static void Says(string text, Func<object> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);
}
