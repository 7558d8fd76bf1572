using TorchRef.Normalization;
using static TorchRef.Tests.Normalization.CentralDifferences;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public class InstanceNormTests
{
    [Fact]
    public void Every_channel_of_every_sample_gets_mean_0_and_variance_1()
    {
        using var norm = new InstanceNorm2d(3, eps: 0, dtype: float64);
        var output = norm.call(Normal(1, 2, 3, 4, 5) * 3 + 8);
        Near(zeros([2, 3], float64), output.mean([2, 3]));
        Near(ones([2, 3], float64), output.square().mean([2, 3]));
    }

    [Fact]
    public void A_sample_without_a_batch_is_a_batch_of_one()
    {
        using var norm = new InstanceNorm3d(2, affine: true, dtype: float64);
        var input = Normal(2, 2, 3, 2, 2);
        Near(norm.call(input.unsqueeze(0)).squeeze(0), norm.call(input), 0);
    }

    [Fact]
    public void Running_statistics_are_the_samples_averages_and_serve_evaluation()
    {
        using var norm = new InstanceNorm1d(2, momentum: 0.25, track_running_stats: true, dtype: float64);
        var input = Normal(3, 4, 2, 6) * 2 + 5;
        norm.call(input);
        Near(input.mean([0, 2]) * 0.25, norm.RunningMean!);
        Near(input.var([2], unbiased: true).mean([0]) * 0.25 + 0.75, norm.RunningVar!);
        Assert.Equal(0, norm.NumBatchesTracked!.item<long>());
        norm.eval();
        var deviation = (norm.RunningVar! + 1e-5).sqrt().view(1, 2, 1);
        Near((input - norm.RunningMean!.view(1, 2, 1)) / deviation, norm.call(input));
    }

    [Fact]
    public void Without_momentum_the_statistics_stay()
    {
        using var norm = new InstanceNorm1d(2, momentum: null, track_running_stats: true);
        norm.call(randn(4, 2, 6));
        Near(zeros(2), norm.RunningMean!, 0);
        Near(ones(2), norm.RunningVar!, 0);
    }

    [Fact]
    public void An_empty_batch_leaves_the_statistics()
    {
        using var norm = new InstanceNorm1d(2, affine: true, track_running_stats: true);
        Assert.Equal([0, 2, 6], norm.call(zeros(0, 2, 6)).shape);
        Near(zeros(2), norm.RunningMean!, 0);
        Near(ones(2), norm.RunningVar!, 0);
    }

    [Fact]
    public void Without_eps_a_constant_channel_becomes_0()
    {
        using var norm = new InstanceNorm1d(2, eps: 0);
        var input = ones(2, 2, 3).requires_grad_();
        var output = norm.call(input);
        output.sum().backward();
        Near(zeros(2, 2, 3), output, 0);
        Near(zeros(2, 2, 3), input.grad!, 0);
    }

    [Fact]
    public void The_gradient_is_the_limit_of_differences()
    {
        using var norm = new InstanceNorm1d(2, eps: 1e-2, affine: true, dtype: float64);
        Agree(norm.call, Normal(4, 2, 2, 4));
    }

    [Fact]
    public void What_doesnt_fit_is_said_in_PyTorchs_words()
    {
        Says("expected 2D or 3D input (got 4D input)", () => new InstanceNorm1d(3).call(zeros(2, 3, 2, 2)));
        Says("expected 3D or 4D input (got 2D input)", () => new InstanceNorm2d(3).call(zeros(2, 3)));
        Says("expected 4D or 5D input (got 3D input)", () => new InstanceNorm3d(3).call(zeros(2, 3, 4)));
        Says("Expected more than 1 spatial element when training, got input size torch.Size([1, 3, 1, 1])", () => new InstanceNorm2d(3).call(zeros(3, 1, 1)));
        Says("weight should contain 10 elements not 6", () => new InstanceNorm1d(3, affine: true).call(zeros(2, 5, 4)));
        Says("running_mean should contain 10 elements not 6", () => new InstanceNorm1d(3, track_running_stats: true).call(zeros(2, 5, 4)));
        Says("\"batch_norm\" not implemented for 'Long'", () => new InstanceNorm1d(3).call(zeros([2, 3, 4], int64)));
        Assert.Equal([2, 5, 4], new InstanceNorm1d(3).call(zeros(2, 5, 4)).shape);
    }

    private static void Says(string text, Func<object> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);
}
