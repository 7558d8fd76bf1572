using TorchRef.Normalization;
using static TorchRef.Tests.Normalization.CentralDifferences;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public class GroupNormTests
{
    [Fact]
    public void Every_group_of_every_sample_gets_mean_0_and_variance_1()
    {
        using var norm = new GroupNorm(2, 6, eps: 0, dtype: float64);
        var groups = norm.call(Normal(1, 3, 6, 5) * 4 - 1).view(3, 2, 15);
        Near(zeros([3, 2], float64), groups.mean([2]));
        Near(ones([3, 2], float64), groups.square().mean([2]));
    }

    [Fact]
    public void One_group_is_layer_norm_and_a_group_each_is_instance_norm()
    {
        var input = Normal(2, 3, 4, 5);
        using var one = new GroupNorm(1, 4, dtype: float64);
        using var layer = new LayerNorm([4, 5], dtype: float64);
        using var each = new GroupNorm(4, 4, dtype: float64);
        using var instance = new InstanceNorm1d(4, dtype: float64);
        Near(layer.call(input), one.call(input));
        Near(instance.call(input), each.call(input));
    }

    [Fact]
    public void The_gradient_is_the_limit_of_differences()
    {
        using var norm = new GroupNorm(2, 4, eps: 1e-2, dtype: float64);
        using (no_grad()) norm.Weight!.copy_(Normal(3, 4));
        Agree(norm.call, Normal(4, 2, 4, 3));
    }

    [Fact]
    public void The_memory_layout_is_kept()
    {
        using var norm = new GroupNorm(2, 4);
        var input = randn(2, 3, 5, 4).permute(0, 3, 1, 2);
        Assert.Equal(input.stride(), norm.call(input).stride());
    }

    [Fact]
    public void What_doesnt_fit_is_said_in_PyTorchs_words()
    {
        using var norm = new GroupNorm(2, 4);
        using var bare = new GroupNorm(2, 4, affine: false);
        Says("num_channels must be divisible by num_groups", () => new GroupNorm(3, 4));
        Says("Expected num groups to be greater than 0, got 0", () => new GroupNorm(0, 4));
        Says("Expected number of channels in input to be divisible by num_groups, but got input of shape [2, 5, 3] and num_groups=2", () => bare.call(zeros(2, 5, 3)));
        Says("Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [4] and input of shape [2, 6, 3]", () => norm.call(zeros(2, 6, 3)));
        Says("Expected at least 2 dimensions for input tensor but received 1", () => norm.call(zeros(4)));
        Says("\"GroupNormKernelImpl\" not implemented for 'Long'", () => norm.call(zeros([2, 4, 3], int64)));
        Says("Expected more than 1 value per channel when training, got input size [1, 2]", () => new GroupNorm(2, 2).call(zeros(1, 2)));
        Assert.Equal([2, 6, 3], bare.call(zeros(2, 6, 3)).shape);
    }

    private static void Says(string text, Func<object> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);
}
