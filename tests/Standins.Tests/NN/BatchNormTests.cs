using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class BatchNormTests
{
    private static readonly double[,] s_batch = { { 1, 10 }, { 2, 30 }, { 6, 20 } };

    [Fact]
    public void Training_normalises_by_the_batch_and_moves_the_running_statistics()
    {
        using var norm = nn.BatchNorm1d(2, eps: 0, dtype: float64);
        using var output = norm.call(torch.tensor(s_batch));
        // Means 3 and 20; biased variances 14/3 and 200/3, unbiased 7 and 100.
        var (a, b) = (Math.Sqrt(14.0 / 3), Math.Sqrt(200.0 / 3));
        Near.Assert(output, [-2 / a, -10 / b, -1 / a, 10 / b, 3 / a, 0], 1e-12);
        Near.Assert(norm.running_mean!, [0.3, 2], 1e-12);
        Near.Assert(norm.running_var!, [0.9 + 0.7, 0.9 + 10], 1e-12);
        Assert.Equal(1.0, norm.num_batches_tracked!.ToDouble());
    }

    [Fact]
    public void Without_momentum_the_running_statistics_are_averages()
    {
        using var norm = nn.BatchNorm1d(1);
        norm.momentum = null;
        norm.call(torch.tensor(new float[,] { { 0 }, { 2 } })).Dispose();
        norm.call(torch.tensor(new float[,] { { 4 }, { 8 } })).Dispose();
        Near.Assert(norm.running_mean!, [3.5]);
        Near.Assert(norm.running_var!, [5]);
        Assert.Equal(2, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Evaluation_uses_the_running_statistics_and_leaves_them()
    {
        using var norm = nn.BatchNorm1d(2, eps: 0);
        norm.running_mean!.copy_(torch.tensor(new float[] { 1, 2 }));
        norm.running_var!.copy_(torch.tensor(new float[] { 4, 9 }));
        norm.eval();
        using var output = norm.call(torch.tensor(new float[,] { { 3, 5 } }));
        Near.Assert(output, [1, 1]);
        Near.Assert(norm.running_mean!, [1, 2]);
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Without_tracking_evaluation_uses_the_batch_too()
    {
        using var norm = nn.BatchNorm1d(1, track_running_stats: false);
        norm.eval();
        using var output = norm.call(torch.tensor(new float[,] { { 0 }, { 2 } }));
        Near.Assert(output, [-1, 1]);
        Assert.Null(norm.running_mean);
        Assert.Equal(["weight", "bias"], norm.state_dict().Keys);
    }

    [Fact]
    public void Without_affine_there_are_no_parameters()
    {
        using var norm = nn.BatchNorm2d(3, affine: false);
        Assert.Empty(norm.parameters());
        Assert.Null(norm.bias);
        Assert.Equal(["running_mean", "running_var", "num_batches_tracked"], norm.state_dict().Keys);
        Assert.Equal([2L, 3, 4, 4], norm.call(torch.randn(2, 3, 4, 4)).shape);
    }

    [Fact]
    public void Each_rank_has_its_module()
    {
        using var one = nn.BatchNorm1d(3);
        using var two = nn.BatchNorm2d(3);
        using var three = nn.BatchNorm3d(3);
        Assert.Equal([2L, 3, 4], one.call(torch.randn(2, 3, 4)).shape);
        Assert.Equal([2L, 3, 4, 4, 4], three.call(torch.randn([2, 3, 4, 4, 4])).shape);
        Assert.ThrowsAny<Exception>(() => one.call(torch.randn(2, 3, 4, 4)));
        Assert.ThrowsAny<Exception>(() => two.call(torch.randn(2, 3, 4)));
        Assert.ThrowsAny<Exception>(() => three.call(torch.randn(2, 3, 4, 4)));
    }

    [Fact]
    public void Resetting_starts_over()
    {
        using var norm = nn.BatchNorm1d(2);
        norm.call(torch.randn(4, 2)).Dispose();
        nn.init.zeros_(norm.weight);
        norm.reset_parameters();
        Near.Assert(norm.weight, [1, 1]);
        Near.Assert(norm.running_mean!, [0, 0]);
        Near.Assert(norm.running_var!, [1, 1]);
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Gradients_reach_input_weight_and_bias()
    {
        using var norm = nn.BatchNorm1d(2, dtype: float64);
        using var input = torch.tensor(s_batch).requires_grad_();
        norm.call(input).pow(3).sum().backward();
        Near.Assert(norm.bias!.grad!, [3 * 3, 3 * 3], 1e-4);
        // The output doesn't change with a shift of the whole batch, so its gradients sum to 0.
        Near.Assert(input.grad!.sum([0L]), [0, 0], 1e-9);
        Assert.NotNull(norm.weight.grad);
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_output_and_leaves_the_statistics()
    {
        using var norm = nn.BatchNorm1d(5);
        Assert.Equal([0L, 5, 9], norm.call(torch.zeros(0, 5, 9)).shape);
        Near.Assert(norm.running_var!, [1, 1, 1, 1, 1]);
    }
}
