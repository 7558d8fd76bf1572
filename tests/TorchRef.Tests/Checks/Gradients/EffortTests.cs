using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Gradients;

public sealed class EffortTests
{
    [Fact]
    public void Independent_channels_share_evaluations()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(nn.BatchNorm1d(16, dtype: float64), Forged.Normal(1, 32, 16), new GradCheckOptions { Vary = false });
        Assert.Equal(Verdict.Pass, report.Verdict);
        // 544 columns by six evaluations each would be 3264; 512 outputs would be as many backwards.
        Assert.InRange(report.Evaluations, 100, 400);
        Assert.InRange(report.Backwards, 30, 60);
        Assert.Contains("output[·, j] depends on input[·, j]", report.Structure);
        Assert.Equal(32 * 32 * 16 + 2 * 32 * 16, report.Compared);
    }

    [Fact]
    public void A_structure_that_a_few_entries_suggest_and_others_break_is_given_up()
    {
        using var scope = NewDisposeScope();
        // Elementwise but for one output, which hangs on everything.
        var report = GradCheck.Run(Forged.Right(x => x.exp() + nn.functional.one_hot(tensor(7L), 12).to_type(float64) * x.square().sum()), [Forged.Normal(2, 12)]);
        Assert.True(report.Verdict == Verdict.Pass, report.ToString());
        var wrong = GradCheck.Run(
            inputs =>
            {
                var x = inputs[0];
                return [x.exp() + nn.functional.one_hot(tensor(7L), 12).to_type(float64) * (x.square().sum().detach())];
            }, [Forged.Normal(2, 12)]);
        Assert.Equal(Verdict.Fail, wrong.Verdict);
    }

    [Fact]
    public void The_fast_mode_takes_few_evaluations_and_states_what_it_would_miss()
    {
        using var scope = NewDisposeScope();
        var (full, fast) = (Run(GradCheckMode.Full), Run(GradCheckMode.Fast));
        Assert.Equal((Verdict.Pass, Verdict.Pass), (full.Verdict, fast.Verdict));
        Assert.InRange(fast.Evaluations, 10, full.Evaluations / 5);
        Assert.InRange(fast.Power, full.Power, 1e-2);
        Assert.All(fast.Planted, fault => Assert.True(fault.Caught));

        static GradCheckReport Run(GradCheckMode mode) => GradCheck.Run(Forged.Right(x => x.inverse()), [Forged.Normal(3, 8, 8) + eye(8, dtype: float64) * 4], new GradCheckOptions { Mode = mode });
    }

    [Fact]
    public void A_miss_of_the_fast_mode_is_traced_to_its_entry()
    {
        using var scope = NewDisposeScope();
        var weight = Forged.Normal(4, 40, 60);
        var mask = zeros(50, 40, float64);
        mask[17, 31] = 1e-3;
        var report = GradCheck.Run(
            inputs => [inputs[0].matmul(weight) + (inputs[0] * mask).sum() - (inputs[0] * mask).sum().detach()], [Forged.Normal(5, 50, 40)],
            new GradCheckOptions { Mode = GradCheckMode.Fast, Vary = false });
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal([17L, 31L], report.Entries.First(entry => entry.Verdict == Verdict.Fail).InputIndex);
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        using var scope = NewDisposeScope();
        var input = Forged.Normal(6, 5, 3);
        var (one, other) = (Run(7), Run(7));
        Assert.Equal(one.Entries, other.Entries, (a, b) => a.Analytic.Equals(b.Analytic) && a.Numeric.Equals(b.Numeric) && a.Where == b.Where);
        Assert.Equal(7, one.Seed);
        Assert.NotEqual(one.Planted[0].Where, Run(8).Planted[^1].Where);

        GradCheckReport Run(long seed) => GradCheck.Run(nn.LayerNorm(3, dtype: float64), input, new GradCheckOptions { Seed = seed });
    }

    [Fact]
    public void Progress_runs_up_to_the_end()
    {
        using var scope = NewDisposeScope();
        var shares = new List<double>();
        GradCheck.Run(nn.Linear(3, 2, dtype: float64), Forged.Normal(7, 4, 3), new GradCheckOptions { Progress = new Collector(shares) });
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    private sealed class Collector(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
