using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>What softmax cross-entropy refuses, in PyTorch's words.</summary>
public sealed class SoftmaxCrossEntropyErrorTests
{
    [Theory]
    [InlineData(new long[] { 3, 4 }, new long[] { 2 }, "Expected input batch_size (3) to match target batch_size (2).")]
    [InlineData(new long[] { 3, 4 }, new long[] { }, "Expected input batch_size (3) to match target batch_size (0).")]
    [InlineData(new long[] { 3, 4 }, new long[] { 3, 2 }, "0D or 1D target tensor expected, multi-target not supported")]
    [InlineData(new long[] { 3, 4 }, new long[] { 3, 4 }, "Expected floating point type for target with class probabilities, got Long")]
    [InlineData(new long[] { 4 }, new long[] { 1 }, "size mismatch (got input: [4], target: [1])")]
    [InlineData(new long[] { 4 }, new long[] { 2, 2 }, "0D or 1D target tensor expected, multi-target not supported")]
    [InlineData(new long[] { 2, 4, 3 }, new long[] { 2, 2 }, "Expected target size [2, 3], got [2, 2]")]
    [InlineData(new long[] { 2, 4, 3 }, new long[] { 2 }, "Expected target size [2, 3], got [2]")]
    [InlineData(new long[] { 2, 4, 3 }, new long[] { 3, 3 }, "Expected input batch_size (2) to match target batch_size (3).")]
    [InlineData(new long[] { 2, 4, 3, 3, 2 }, new long[] { 2, 3, 2, 2 }, "Expected target size [2, 3, 3, 2], got [2, 3, 2, 2]")]
    [InlineData(new long[] { }, new long[] { 1 }, "Expected 1 or more dimensions (got 0)")]
    public void Shapes_that_do_not_fit(long[] input, long[] target, string text)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(text, Refusal(zeros(input), zeros(target, int64)));
    }

    [Theory]
    [InlineData(4, "Target 4 is out of bounds.")]
    [InlineData(-1, "Target -1 is out of bounds.")]
    public void A_class_that_there_is_not(long target, string text)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(text, Refusal(zeros(3, 4), tensor(new[] { 0, target, 1 })));
    }

    [Fact]
    public void An_ignored_class_need_not_exist()
    {
        using var scope = NewDisposeScope();
        using var loss = new SoftmaxCrossEntropy(ignore_index: 4);

        Assert.Equal(Math.Log(4), loss.call(zeros(3, 4), tensor(new long[] { 0, 4, 1 })).item<float>(), 6);
    }

    [Fact]
    public void Element_types_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        var classes = zeros(3, int64);

        Assert.Equal("expected scalar type Long but found Int", Refusal(zeros(3, 4), zeros(3, int32)));
        Assert.Equal("expected scalar type Long but found Float", Refusal(zeros(3, 4), zeros(3)));
        Assert.Equal("\"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'", Refusal(zeros([3, 4], int64), classes));
        Assert.Equal("expected scalar type Float but found Double", Refusal(zeros(3, 4), classes, ones(4, float64)));
        Assert.Equal(Math.Log(4), new SoftmaxCrossEntropy().call(zeros(3, 4), zeros(3, uint8)).item<float>(), 6);
    }

    [Fact]
    public void Weights_and_ignored_classes_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        using var ignoring = new SoftmaxCrossEntropy(ignore_index: 2);
        var shares = full([3, 4], 0.25f);

        Assert.Equal("weight tensor should be defined either for all 4 classes or no classes but got weight tensor of shape: [3]", Refusal(zeros(3, 4), zeros(3, int64), ones(3)));
        Assert.Equal("cross_entropy: weight tensor should be defined either for all 4 classes or no classes but got weight tensor of shape: [3]", Refusal(zeros(3, 4), shares, ones(3)));
        Assert.Equal("weight tensor should be defined either for all 4 classes or no classes but got weight tensor of shape: [4, 1]", Refusal(zeros(3, 4), zeros(3, int64), ones(4, 1)));
        Assert.Equal("ignore_index is not supported for floating point target", Assert.Throws<ArgumentException>(() => ignoring.call(zeros(3, 4), shares)).Message);
        Assert.Equal("logits must have a class to choose: expected at least 1 but got 0", Refusal(zeros(3, 0), zeros(3, 0)));
    }

    [Fact]
    public void Settings_out_of_range()
    {
        Assert.Equal("label_smoothing must be between 0.0 and 1.0. Got: 2", Assert.Throws<ArgumentException>(() => new SoftmaxCrossEntropy(label_smoothing: 2)).Message);
        Assert.Equal("label_smoothing must be between 0.0 and 1.0. Got: -0.5", Assert.Throws<ArgumentException>(() => new SoftmaxCrossEntropy(label_smoothing: -0.5)).Message);
        Assert.Equal("the offset inside the logarithm must not be negative: expected at least 0 but got -1e-07", Assert.Throws<ArgumentException>(() => new SoftmaxCrossEntropy(log_offset: -1e-7)).Message);
    }

    private static string Refusal(Tensor input, Tensor target, Tensor? weight = null)
    {
        using var loss = new SoftmaxCrossEntropy(weight);
        return Assert.Throws<ArgumentException>(() => loss.call(input, target)).Message;
    }
}
