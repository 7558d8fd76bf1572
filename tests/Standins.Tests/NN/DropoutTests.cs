using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class DropoutTests
{
    [Fact]
    public void Kept_values_are_scaled_so_that_the_mean_stays()
    {
        using var dropout = nn.Dropout(0.25);
        using var output = dropout.call(torch.ones(100, 100));
        var values = output.data<float>().ToArray();
        Assert.All(values, value => Assert.True(value is 0 or 4f / 3));
        Assert.InRange(values.Count(value => value == 0), 2200, 2800);
    }

    [Fact]
    public void The_same_seed_gives_the_same_mask()
    {
        using var dropout = nn.Dropout(0.5);
        using var input = torch.ones(50);
        torch.manual_seed(7);
        using var first = dropout.call(input);
        using var second = dropout.call(input);
        torch.manual_seed(7);
        using var again = dropout.call(input);
        Assert.True(first.Equals(again));
        Assert.False(first.Equals(second));
    }

    [Fact]
    public void Evaluation_leaves_values_as_they_are()
    {
        using var input = torch.randn(4, 3, 5);
        foreach (var module in new nn.Module<Tensor, Tensor>[] { nn.Dropout(0.9), nn.Dropout1d(0.9), nn.AlphaDropout(0.9), nn.FeatureAlphaDropout(0.9) })
        {
            module.eval();
            Assert.True(input.Equals(module.call(input)));
        }
    }

    [Fact]
    public void Probability_one_drops_everything()
    {
        using var dropout = nn.Dropout(1);
        Assert.Equal(0, dropout.call(torch.ones(10)).sum().item<float>());
    }

    [Theory]
    [InlineData(1, new long[] { 6, 8, 5 })]
    [InlineData(2, new long[] { 6, 8, 5, 5 })]
    [InlineData(3, new long[] { 6, 8, 2, 3, 3 })]
    public void Channels_are_dropped_as_a_whole(int rank, long[] shape)
    {
        using nn.Module<Tensor, Tensor> dropout = rank switch { 1 => nn.Dropout1d(), 2 => nn.Dropout2d(), _ => nn.Dropout3d() };
        using var channels = dropout.call(torch.ones(shape)).reshape(6 * 8, -1);
        using var least = channels.amin([1L]);
        using var greatest = channels.amax([1L]);
        Assert.True(least.Equals(greatest));
        Assert.InRange(least.sum().item<float>() / 2, 8, 40);
    }

    [Fact]
    public void In_place_the_input_is_changed()
    {
        using var dropout = nn.Dropout(1, inplace: true);
        using var input = torch.ones(10);
        using var output = dropout.call(input);
        Assert.Equal(0, input.sum().item<float>());
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        using var dropout = nn.AlphaDropout(0.3);
        using var output = dropout.call(torch.randn(200, 200));
        Assert.InRange(output.mean().item<float>(), -0.05f, 0.05f);
        Assert.InRange(output.std().item<float>(), 0.95f, 1.05f);
    }
}
