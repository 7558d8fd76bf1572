using TorchRef.Normalization;
using TorchRef.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public sealed class FrozenBatchNormTests
{
    [Fact]
    public void It_equals_the_module_it_was_made_of_in_evaluation() => Law.Holds(sample =>
    {
        var (shape, dtype) = (sample.BatchShape(), sample.FloatType());
        using var module = new Norms(shape[1], sample.Pick(1e-5, 1e-2), Affine: sample.Pick(true, false)).Own(shape.Length, dtype: dtype).WithParameters(sample).WithStatistics(sample);
        using var frozen = FrozenBatchNorm.From(module);
        module.eval();
        var input = sample.Batch(shape, dtype);                 // (N, C, …)

        Expect.Close(frozen.call(input), module.call(input), Expect.RoundOff(dtype));
        Assert.Equal(dtype, frozen.call(input).dtype);
    });

    [Fact]
    public void It_equals_a_module_of_torch_nn_in_evaluation() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape(4);
        using var module = nn.BatchNorm2d(shape[1], eps: 1e-3).to(float64);
        using (no_grad())
        {
            module.weight!.copy_(sample.Normal([shape[1]], float64));
            module.running_mean!.copy_(sample.Normal([shape[1]], float64));
            module.running_var!.copy_(sample.Normal([shape[1]], float64).square() + 0.1);
        }
        using var frozen = FrozenBatchNorm.From(module);
        module.eval();
        var input = sample.Batch(shape, float64);               // (N, C, H, W)

        Expect.Close(frozen.call(input), module.call(input), 1e-12);
    }, samples: 10);

    [Fact]
    public void Training_mode_changes_neither_output_nor_state()
    {
        using var frozen = new FrozenBatchNorm(2, dtype: float64);
        var input = tensor(new[] { 1.0, 2, 3, 4 }).view(2, 2);  // [2, 2]

        Assert.True(frozen.training);
        Expect.Close(frozen.call(input), input / Math.Sqrt(1 + 1e-5), 1e-15);
        Expect.Numbers([0, 0], frozen.state_dict()["running_mean"]);
    }

    [Fact]
    public void Its_state_is_all_buffers_under_the_names_of_torchvision()
    {
        using var frozen = new FrozenBatchNorm(3);

        Assert.Equal(["weight", "bias", "running_mean", "running_var"], frozen.state_dict().Keys);
        Assert.Empty(frozen.parameters());
        Assert.Equal("FrozenBatchNorm(3, eps=1e-05)", frozen.ToString());
    }

    [Fact]
    public void It_loads_the_state_of_a_batch_normalisation()
    {
        using var module = new BatchNorm1d(3, dtype: float64);
        module.call(randn(4, 3, dtype: float64));
        using var frozen = new FrozenBatchNorm(3, dtype: float64);

        frozen.load_state_dict(module.state_dict());

        Expect.Same(frozen.state_dict()["running_var"], module.RunningVar);
    }

    [Fact]
    public void The_original_may_learn_on_without_it()
    {
        using var module = new BatchNorm1d(2, dtype: float64);
        using var frozen = FrozenBatchNorm.From(module);

        module.call(randn(4, 2, dtype: float64));

        Expect.Numbers([1, 1], frozen.state_dict()["running_var"]);
    }

    [Fact]
    public void The_gradient_of_the_input_is_the_scale()
    {
        using var frozen = new FrozenBatchNorm(1, eps: 0, dtype: float64);
        frozen.state_dict()["weight"].fill_(3);
        frozen.state_dict()["running_var"].fill_(4);
        var input = tensor(new[] { 1.0, 2 }).view(2, 1).requires_grad_(); // [2, 1]

        frozen.call(input).sum().backward();

        Expect.Numbers([1.5, 1.5], input.grad);
    }

    [Fact]
    public void Low_precision_input_comes_back_in_its_own_type()
    {
        using var frozen = new FrozenBatchNorm(3);

        Assert.Equal(bfloat16, frozen.call(randn(4, 3).to_type(bfloat16)).dtype);
    }

    [Fact]
    public void Bad_modules_and_input_are_refused_in_words()
    {
        using var untracked = new BatchNorm1d(3, track_running_stats: false);
        using var foreign = nn.BatchNorm1d(3, track_running_stats: false);
        using var frozen = new FrozenBatchNorm(3);
        const string Text = "running statistics are what evaluation is made of: expected a module that tracks them but got one that doesn't";

        Assert.Equal(Text, Assert.Throws<ArgumentException>(() => FrozenBatchNorm.From(untracked)).Message);
        Assert.Equal(Text, Assert.Throws<ArgumentException>(() => FrozenBatchNorm.From(foreign)).Message);
        Assert.Equal("running_mean should contain 4 elements not 3", Assert.Throws<ArgumentException>(() => frozen.call(randn(2, 4))).Message);
        Assert.Equal("expected at least 2D input (got 1D input)", Assert.Throws<ArgumentException>(() => frozen.call(randn(3))).Message);
        Assert.Throws<ArgumentException>(() => new FrozenBatchNorm(-1));
    }
}
