using TorchRef.Normalization;
using static TorchRef.Tests.Normalization.CentralDifferences;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public class RecurrentBatchNormTests
{
    [Fact]
    public void Every_time_step_has_statistics_of_its_own_and_late_ones_share_the_last()
    {
        using var norm = new RecurrentBatchNorm(2, max_length: 2, momentum: null, dtype: float64);
        var steps = new[] { Normal(1, 5, 2), Normal(2, 5, 2) + 3, Normal(3, 5, 2) + 9 };
        for (var time = 0; time < steps.Length; time++) norm.call(steps[time], time);
        Near(steps[0].mean([0]), norm.RunningMean[0]);
        Near((steps[1].mean([0]) + steps[2].mean([0])) / 2, norm.RunningMean[1]);
        Near(steps[0].var([0], unbiased: true), norm.RunningVar[0]);
        Assert.Equal([1, 2], norm.NumBatchesTracked.data<long>().ToArray());
    }

    [Fact]
    public void Gamma_starts_at_a_tenth()
    {
        using var norm = new RecurrentBatchNorm(2, 3, eps: 0, dtype: float64);
        var output = norm.call(Normal(4, 6, 2), 0);
        Near(full([2], 0.01, float64), output.square().mean([0]));
        Assert.Equal("weight, bias, running_mean, running_var, num_batches_tracked", string.Join(", ", norm.state_dict().Keys));
    }

    [Fact]
    public void Evaluation_takes_a_batch_of_one_and_changes_nothing()
    {
        using var norm = new RecurrentBatchNorm(2, 3, eps: 0, gamma: 1, dtype: float64);
        norm.eval();
        var input = Normal(5, 1, 2);
        Near(input, norm.call(input, 7));
        Near(zeros([3, 2], float64), norm.RunningMean, 0);
    }

    [Fact]
    public void The_gradient_is_the_limit_of_differences()
    {
        using var norm = new RecurrentBatchNorm(3, 3, eps: 1e-2, dtype: float64);
        Agree(input => norm.call(input, 1), Normal(6, 4, 3));
    }

    [Fact]
    public void What_doesnt_fit_is_said()
    {
        using var norm = new RecurrentBatchNorm(3, 4);
        Says("max_length must be positive: expected at least 1 but got 0", () => new RecurrentBatchNorm(3, 0));
        Says("time steps must not be negative: expected at least 0 but got -1", () => norm.call(zeros(2, 3), -1));
        Says("expected 2D input (got 3D input)", () => norm.call(zeros(2, 3, 4), 0));
        Says("running_mean should contain 5 elements not 3", () => norm.call(zeros(2, 5), 0));
        Says("Expected more than 1 value per channel when training, got input size torch.Size([1, 3])", () => norm.call(zeros(1, 3), 0));
    }

    private static void Says(string text, Func<object> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);
}
