using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class NormalizationTests
{
    [Fact]
    public void Layer_normalisation_works_on_the_last_dimensions()
    {
        using var norm = nn.LayerNorm(3);
        using var input = torch.tensor(new float[,] { { 1, 2, 4 }, { 0, -1, 3 } });
        Near.Assert(norm.call(input), [-1.0690, -0.2673, 1.3363, -0.3922, -0.9806, 1.3728]);
        Assert.Equal(["weight", "bias"], norm.state_dict().Keys);
        using var plain = nn.LayerNorm([2, 3], elementwise_affine: false);
        Assert.Empty(plain.parameters());
        using var unbiased = nn.LayerNorm([3], bias: false);
        Assert.Equal(["weight"], unbiased.state_dict().Keys);
    }

    [Fact]
    public void Group_normalisation_works_on_groups_of_channels()
    {
        using var norm = nn.GroupNorm(2, 4);
        using var input = torch.arange(8, dtype: float32).reshape(1, 4, 2);
        norm.weight.requires_grad_(false).fill_(1);
        norm.bias!.requires_grad_(false).fill_(0);
        Near.Assert(norm.call(input), [-1.3416, -0.4472, 0.4472, 1.3416, -1.3416, -0.4472, 0.4472, 1.3416]);
        Assert.Equal(["weight", "bias"], norm.state_dict().Keys);
    }

    [Fact]
    public void Instance_normalisation_works_on_each_channel_of_each_sample()
    {
        using var norm = nn.InstanceNorm1d(2);
        using var input = torch.tensor(new float[] { 0, 2, 10, 30 }).reshape(1, 2, 2);
        Near.Assert(norm.call(input), [-1, 1, -1, 1], 1e-3);
        Assert.Empty(norm.state_dict());
        using var unbatched = norm.call(input.squeeze(0));
        Assert.Equal([2L, 2], unbatched.shape);
        using var tracked = nn.InstanceNorm2d(3, affine: true, track_running_stats: true);
        Assert.Equal(5, tracked.state_dict().Count);
        Assert.Equal([2L, 3, 4, 4], tracked.call(torch.randn(2, 3, 4, 4)).shape);
        Assert.NotEqual(1, tracked.running_var!.mean().item<float>());
    }

    [Fact]
    public void Local_response_normalisation_looks_at_neighbouring_channels()
    {
        using var norm = nn.LocalResponseNorm(3, alpha: 1, beta: 0.75, k: 1);
        using var input = torch.arange(1, 9, dtype: float32).reshape(1, 4, 2);
        Near.Assert(norm.call(input), [0.3330, 0.4341, 0.4468, 0.4283, 0.4036, 0.3796, 0.6139, 0.5640]);
    }

    [Fact]
    public void Normalize_divides_by_the_norm()
    {
        using var input = torch.tensor(new float[,] { { 1, 2, 4 }, { 0, -1, 3 } });
        Near.Assert(nn.functional.normalize(input), [0.2182, 0.4364, 0.8729, 0, -0.3162, 0.9487]);
    }
}
