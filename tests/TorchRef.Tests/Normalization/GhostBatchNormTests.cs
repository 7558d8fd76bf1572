using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Ghost batch normalisation is batch normalisation of one virtual batch after the other.</summary>
public sealed class GhostBatchNormTests
{
    [Fact]
    public void Training_is_that_of_the_virtual_batches_one_by_one() => Law.Holds(sample =>
    {
        var shape = Wide(sample);
        var size = sample.Between(2, (int)shape[0]);
        double? momentum = sample.Pick(0.1, 0.7) is var m && sample.Between(0, 2) > 0 ? m : null;
        using var ghost = new GhostBatchNorm(shape[1], size, momentum: momentum, dtype: float64);
        using var plain = new Norms(shape[1], Momentum: momentum).Own(shape.Length);
        ghost.WithParameters(sample).WithStatistics(sample);
        plain.CopyStateFrom(ghost);

        for (var step = 0; step < 2; step++)
        {
            var values = sample.Batch(shape, float64);          // (N, C, …)
            var cotangent = sample.Normal(shape, float64);      // (N, C, …)
            var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_()); // (N, C, …)
            ghost.zero_grad();
            plain.zero_grad();
            var output = ghost.call(mine);                      // (N, C, …)
            var expected = cat(VirtualBatches(theirs, size).Select(plain.call).ToList(), 0); // (N, C, …)
            output.backward([cotangent]);
            expected.backward([cotangent]);

            // Two values that lie close have few digits of their difference in common.
            Expect.Close(output, expected, 1e-9, "output");
            Expect.Close(mine.grad, theirs.grad, 1e-7, "gradient of the input");
            Expect.Close(ghost.Weight!.grad, plain.Weight!.grad, 1e-9, "gradient of γ");
            Expect.Close(ghost.Bias!.grad, plain.Bias!.grad, 1e-12, "gradient of β");
            Expect.Close(ghost.RunningMean, plain.RunningMean, 1e-12, "running_mean");
            Expect.Close(ghost.RunningVar, plain.RunningVar, 1e-12, "running_var");
            Expect.Same(ghost.NumBatchesTracked, plain.NumBatchesTracked, "num_batches_tracked");
        }
    });

    [Fact]
    public void A_virtual_batch_as_large_as_the_batch_changes_nothing() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var ghost = new GhostBatchNorm(shape[1], shape[0] + sample.Between(0, 3), dtype: float64);
        using var plain = new Norms(shape[1]).Own(shape.Length);
        ghost.WithParameters(sample).WithStatistics(sample);
        plain.CopyStateFrom(ghost);
        var input = sample.Batch(shape, float64);               // (N, C, …)

        Expect.Same(ghost.call(input), plain.call(input), "output");
        Expect.Same(ghost.RunningMean, plain.RunningMean, "running_mean");
        Expect.Same(ghost.RunningVar, plain.RunningVar, "running_var");
    });

    [Fact]
    public void Evaluation_is_that_of_plain_batch_normalisation() => Law.Holds(sample =>
    {
        var shape = Wide(sample);
        using var ghost = new GhostBatchNorm(shape[1], 2, dtype: float64);
        using var plain = new Norms(shape[1]).Own(shape.Length);
        ghost.WithParameters(sample).WithStatistics(sample);
        plain.CopyStateFrom(ghost);
        ghost.eval();
        plain.eval();
        var input = sample.Batch(shape, float64);               // (N, C, …)

        Expect.Same(ghost.call(input), plain.call(input));
    });

    [Fact]
    public void Each_virtual_batch_has_mean_0_and_variance_1()
    {
        using var ghost = new GhostBatchNorm(1, 4, eps: 0, dtype: float64);

        var output = ghost.call(tensor(new[] { 1.0, 2, 3, 4, 100, 300, 500, 700 }).view(8, 1)).view(2, 4); // [2, 4]

        Expect.Close(output[0], output[1], 1e-14);
        Expect.Numbers([0, 0], output.mean([1]));
        Expect.Numbers([1, 1], output.square().mean([1]), 14);
    }

    [Fact]
    public void Without_statistics_evaluation_normalises_virtual_batches_too()
    {
        using var ghost = new GhostBatchNorm(1, 2, track_running_stats: false, dtype: float64);
        var input = tensor(new[] { 1.0, 3, 10, 30 }).view(4, 1); // [4, 1]
        var training = ghost.call(input);                       // [4, 1]
        ghost.eval();

        Expect.Same(ghost.call(input), training);
        Assert.Empty(ghost.named_buffers());
    }

    [Fact]
    public void Channels_last_input_gives_channels_last_output()
    {
        using var ghost = new GhostBatchNorm(3, 2);
        var input = randn(4, 5, 6, 3).permute(0, 3, 1, 2);      // [4, 3, 5, 6]

        Assert.Equal(input.stride(), ghost.call(input).stride());
    }

    [Fact]
    public void Bad_input_and_settings_are_refused_in_words()
    {
        Assert.Equal("virtual_batch_size must be positive: expected at least 1 but got 0", Assert.Throws<ArgumentException>(() => new GhostBatchNorm(3, 0)).Message);
        using var single = new GhostBatchNorm(3, 1);
        using var module = new GhostBatchNorm(3, 2);

        Assert.Equal("Expected more than 1 value per channel when training, got input size torch.Size([1, 3])", Assert.Throws<ArgumentException>(() => single.call(randn(4, 3))).Message);
        Assert.Equal("expected at least 2D input (got 1D input)", Assert.Throws<ArgumentException>(() => module.call(randn(3))).Message);
        Assert.Equal("running_mean should contain 4 elements not 3", Assert.Throws<ArgumentException>(() => module.call(randn(6, 4))).Message);
        Expect.Numbers([0], module.NumBatchesTracked);
    }

    [Fact]
    public void It_prints_its_settings()
    {
        using var module = new GhostBatchNorm(3, 16);

        Assert.Equal("GhostBatchNorm(3, virtual_batch_size=16, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)", module.ToString());
    }

    /// <summary>At least three samples, of one value per channel or several.</summary>
    private static long[] Wide(Sampler sample)
    {
        var shape = sample.BatchShape();
        shape[0] = sample.Between(3, 12);
        return shape;
    }

    private static List<Tensor> VirtualBatches(Tensor input, long size)
    {
        var parts = input.split(size).ToList();
        if (parts.Count == 1 || parts[^1].numel() > parts[^1].shape[1]) return parts;
        parts[^2] = cat([parts[^2], parts[^1]], 0);             // (v + 1, C)
        parts.RemoveAt(parts.Count - 1);
        return parts;
    }
}
