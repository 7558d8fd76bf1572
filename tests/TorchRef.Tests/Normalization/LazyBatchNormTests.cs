using TorchRef.Normalization;
using TorchRef.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public sealed class LazyBatchNormTests
{
    [Fact]
    public void It_prints_as_lazy_until_the_first_input_and_as_plain_afterwards()
    {
        using var module = new LazyBatchNorm1d();
        Assert.Equal("LazyBatchNorm1d(0, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)", module.ToString());

        module.call(randn(4, 3));

        Assert.Equal("BatchNorm1d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)", module.ToString());
        Assert.Equal((3, true), (module.NumFeatures, module.IsMaterialized));
    }

    [Fact]
    public void Its_state_has_all_keys_from_the_start()
    {
        using var module = new LazyBatchNorm2d();
        string[] keys = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"];
        Assert.Equal(keys, module.state_dict().Keys);
        Assert.Equal(0, module.Weight!.numel());

        module.call(randn(2, 3, 4, 4));

        Assert.Equal(keys, module.state_dict().Keys);
        Assert.All(keys[..4], key => Assert.Equal([3], module.state_dict()[key].shape));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void It_computes_what_the_plain_module_computes(int rank) => Law.Holds(sample =>
    {
        var shape = sample.BatchShape(rank);
        var form = sample.Form();
        using LazyBatchNorm lazy = rank switch { 2 => new LazyBatchNorm1d(form: form, dtype: float64), 4 => new LazyBatchNorm2d(form: form, dtype: float64), _ => new LazyBatchNorm3d(form: form, dtype: float64) };
        using var plain = new Norms(shape[1]).Own(rank, form);
        for (var step = 0; step < 2; step++)
        {
            var input = sample.Batch(shape, float64);           // (N, C, …)
            Expect.Same(lazy.call(input), plain.call(input));
        }
        Expect.Same(lazy.RunningVar, plain.RunningVar);
    }, samples: 8);

    [Fact]
    public void An_optimiser_made_before_the_first_input_moves_the_parameters()
    {
        using var module = new LazyBatchNorm1d(dtype: float64);
        using var optimizer = new TorchRef.Optimization.SGD(module.parameters(), lr: 0.5);
        module.call(randn(4, 3, dtype: float64)).sum().backward();

        optimizer.step();

        Expect.Numbers([-2, -2, -2], module.Bias);
        Assert.True(module.Weight!.requires_grad);
    }

    [Fact]
    public void The_first_input_decides_in_evaluation_too_and_without_moving_statistics()
    {
        using var module = new LazyBatchNorm1d(dtype: float64);
        module.eval();
        var input = randn(4, 3, dtype: float64);                // [4, 3]

        Expect.Close(module.call(input), input / Math.Sqrt(1 + 1e-5), 1e-14);
        Expect.Numbers([0], module.NumBatchesTracked);
    }

    [Fact]
    public void A_move_before_the_first_input_counts()
    {
        using var module = new LazyBatchNorm1d();
        module.to(float64);

        module.call(randn(4, 3, dtype: float64));

        Assert.Equal(float64, module.Weight!.dtype);
        Assert.Equal(float64, module.RunningMean!.dtype);
        Assert.Equal(int64, module.NumBatchesTracked!.dtype);
    }

    [Fact]
    public void Loading_a_state_decides_the_channels()
    {
        using var trained = new BatchNorm1d(3, dtype: float64);
        trained.call(randn(4, 3, dtype: float64));
        using var lazy = new LazyBatchNorm1d(dtype: float64);

        lazy.load_state_dict(trained.state_dict());

        Assert.Equal("BatchNorm1d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)", lazy.ToString());
        Expect.Same(lazy.RunningMean, trained.RunningMean);
        Expect.Same(lazy.NumBatchesTracked, trained.NumBatchesTracked);
    }

    [Fact]
    public void It_works_inside_of_a_network()
    {
        using var network = nn.Sequential(("linear", nn.Linear(4, 3)), ("norm", new LazyBatchNorm1d()));

        network.call(randn(5, 4));

        Assert.Equal([3], network.state_dict()["norm.running_var"].shape);
        Assert.Equal(4, network.parameters().Count());
    }

    [Fact]
    public void Refused_input_still_decides_as_in_PyTorch_unless_it_has_no_channels()
    {
        using var one = new LazyBatchNorm1d();
        Assert.Equal("expected 2D or 3D input (got 1D input)", Assert.Throws<ArgumentException>(() => one.call(randn(3))).Message);
        Assert.False(one.IsMaterialized);

        Assert.Equal("Expected more than 1 value per channel when training, got input size torch.Size([1, 3])", Assert.Throws<ArgumentException>(() => one.call(randn(1, 3))).Message);
        Assert.Equal(3, one.NumFeatures);
        Assert.Equal("running_mean should contain 4 elements not 3", Assert.Throws<ArgumentException>(() => one.call(randn(2, 4))).Message);

        using var two = new LazyBatchNorm2d();
        using var three = new LazyBatchNorm3d();
        Assert.Equal("expected 4D input (got 3D input)", Assert.Throws<ArgumentException>(() => two.call(randn(2, 3, 4))).Message);
        Assert.Equal("expected 5D input (got 4D input)", Assert.Throws<ArgumentException>(() => three.call(randn(2, 3, 4, 4))).Message);
    }

    [Fact]
    public void Without_state_the_channels_stay_uncounted_as_in_PyTorch()
    {
        using var module = new LazyBatchNorm1d(affine: false, track_running_stats: false);

        module.call(randn(4, 3));

        Assert.Equal("BatchNorm1d(0, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)", module.ToString());
        Assert.Equal([4, 5], module.call(randn(4, 5)).shape);
    }
}
