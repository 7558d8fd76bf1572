using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>What training does to the running statistics, and what it leaves alone.</summary>
public sealed class RunningStatisticsTests
{
    public static TheoryData<BatchNormForm> Forms => [.. Enum.GetValues<BatchNormForm>()];

    [Fact]
    public void They_move_by_momentum_towards_the_mean_and_the_unbiased_variance() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        var momentum = sample.Uniform(0, 1);
        using var module = new Norms(shape[1], Momentum: momentum).Own(shape.Length, sample.Form()).WithStatistics(sample);
        var (mean, variance) = (module.RunningMean!.clone(), module.RunningVar!.clone()); // [C], [C]

        for (var step = 0; step < 4; step++)
        {
            var input = sample.Batch(shape, float64);           // (N, C, …)
            mean = mean * (1 - momentum) + Channels(input).mean([1]) * momentum; // [C]
            variance = variance * (1 - momentum) + Channels(input).var([1], unbiased: true) * momentum; // [C]
            module.call(input);
        }

        Expect.Close(module.RunningMean, mean, 1e-13, "running mean");
        Expect.Close(module.RunningVar, variance, 1e-13, "running variance");
    });

    [Fact]
    public void Without_momentum_they_are_the_plain_average_of_all_batches() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1], Momentum: null).Own(shape.Length, sample.Form()).WithStatistics(sample);
        var batches = Enumerable.Range(0, sample.Between(1, 6)).Select(_ => sample.Batch(shape, float64)).ToList();

        foreach (var batch in batches) module.call(batch);

        Expect.Close(module.RunningMean, stack(batches.Select(batch => Channels(batch).mean([1]))).mean([0]), 1e-13, "running mean");
        Expect.Close(module.RunningVar, stack(batches.Select(batch => Channels(batch).var([1], unbiased: true))).mean([0]), 1e-13, "running variance");
        Assert.Equal(batches.Count, module.NumBatchesTracked!.item<long>());
    });

    [Theory]
    [InlineData(2, new[] { 4, -1.0 }, new[] { 3, -1.0 })]
    [InlineData(-1, new[] { -2, 0.5 }, new[] { 0, 2.0 })]
    [InlineData(0, new[] { 0.0, 0 }, new[] { 1.0, 1 })]
    [InlineData(1, new[] { 2, -0.5 }, new[] { 2.0, 0 })]
    public void A_momentum_outside_of_0_to_1_is_not_rejected(double momentum, double[] mean, double[] variance)
    {
        foreach (var form in Enum.GetValues<BatchNormForm>())
        {
            using var scope = NewDisposeScope();
            using var module = new Norms(2, Momentum: momentum).Own(2, form);

            module.call(tensor(new[] { 1, -0.5, 3, -0.5 }, [2, 2])); // means 2, -0.5; unbiased variances 2, 0

            Expect.Numbers(mean, module.RunningMean);
            Expect.Numbers(variance, module.RunningVar);
        }
    }

    [Fact]
    public void A_new_momentum_counts_from_the_next_batch_on()
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(1, Momentum: 1).Own(2);

        module.call(tensor(new[] { 1.0, 3 }, [2, 1]));
        module.Momentum = 0.5;
        module.call(tensor(new[] { 5.0, 7 }, [2, 1]));

        Expect.Numbers([4], module.RunningMean);
        Expect.Numbers([2], module.RunningVar);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Evaluation_leaves_them_untouched(BatchNormForm form) => Law.Holds(sample =>
    {
        var (shape, dtype) = (sample.BatchShape(), sample.FloatType());
        using var module = new Norms(shape[1]).Own(shape.Length, form, dtype).WithStatistics(sample);
        module.call(sample.Batch(shape, dtype));
        var before = module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());

        module.eval();
        module.call(sample.Batch(shape, dtype).requires_grad_()).sum().backward();

        foreach (var (name, tensor) in module.state_dict()) Expect.Same(tensor, before[name], name);
    }, samples: 10);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Training_changes_them_in_place_and_outside_of_any_graph(BatchNormForm form)
    {
        using var scope = NewDisposeScope();
        using var module = new Norms(3).Own(2, form);
        var (mean, variance, count) = (module.RunningMean!, module.RunningVar!, module.NumBatchesTracked!);

        module.call(randn([4, 3], float64).requires_grad_());

        Assert.Same(mean, module.RunningMean);
        Assert.Same(variance, module.RunningVar);
        Assert.Same(count, module.NumBatchesTracked);
        Assert.False(mean.requires_grad || variance.requires_grad);
        Assert.Equal(1, count.item<long>());
        Assert.NotEqual(0, mean.abs().sum().item<double>());
        Expect.Same(module.get_buffer("running_mean"), mean);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Without_tracking_there_are_none_and_evaluation_normalises_by_the_batch(BatchNormForm form) => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var module = new Norms(shape[1], Tracking: false).Own(shape.Length, form);
        var input = sample.Batch(shape, float64);

        var training = module.call(input);
        module.eval();

        Expect.Same(module.call(input), training);
        Assert.Empty(module.named_buffers());
        Assert.True(module.RunningMean is null && module.RunningVar is null && module.NumBatchesTracked is null);
    }, samples: 10);

    /// <summary>[C, values per channel].</summary>
    private static Tensor Channels(Tensor batch) => batch.transpose(0, 1).flatten(1);
}
