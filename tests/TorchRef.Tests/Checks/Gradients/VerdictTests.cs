using TorchRef.Checks;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Gradients;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(1e-6, 0)]
    [InlineData(1e-3, 0)]
    [InlineData(1, 0)]
    [InlineData(1e3, 0)]
    [InlineData(1e6, 0)]
    [InlineData(1, 10)]
    [InlineData(1, 1e4)]
    [InlineData(1, 1e6)]
    public void Right_batch_normalisation_is_right_at_any_scale_and_offset(double scale, double offset)
    {
        using var scope = NewDisposeScope();
        foreach (var form in new[] { BatchNormForm.Composite, BatchNormForm.ClosedForm })
        {
            var module = new BatchNorm1d(3, dtype: float64, form: form);
            var report = GradCheck.Run(module, Forged.Normal(1, 8, 3) * scale + offset * scale);
            Assert.True(report.Verdict == Verdict.Pass, report.ToString());
        }
    }

    [Fact]
    public void A_slope_that_is_off_by_a_hundred_millionth_is_wrong()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(Forged.Of(x => x.exp(), x => x.exp() * (1 + 1e-8)), [Forged.Normal(2, 5)]);
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(Cause.ConstantFactor, report.Diagnosis.Cause);
    }

    [Fact]
    public void A_function_without_any_slope_proves_nothing()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Verdict.Inconclusive, GradCheck.Run(Forged.Right(x => x.sign() + x * 0), [Forged.Normal(3, 5)]).Verdict);
    }

    [Fact]
    public void Where_all_slopes_are_0_by_chance_a_point_near_by_is_looked_at()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(Forged.Right(x => x * x * x), [zeros(4, float64)]);
        Assert.True(report.Verdict == Verdict.Pass, report.ToString());
        Assert.Contains(report.Variations, why => why.Contains("all derivatives are 0", StringComparison.Ordinal) || why.Contains("all values are the same", StringComparison.Ordinal));
        var wrong = GradCheck.Run(Forged.Of(x => x * x * x, x => x * x), [zeros(4, float64)]);
        Assert.Equal(Verdict.Fail, wrong.Verdict);
    }

    [Fact]
    public void An_error_that_only_an_absolute_tolerance_excuses_is_never_certified()
    {
        using var scope = NewDisposeScope();
        var function = Forged.Of(x => x.exp(), x => x.exp() * 1.0001);
        var report = GradCheck.Run(function, [Forged.Normal(4, 5)], new GradCheckOptions { AbsoluteTolerance = 1 });
        Assert.Equal(Verdict.Inconclusive, report.Verdict);
        Assert.Equal(5, report.Inputs[0].Excused);
    }

    [Fact]
    public void Two_outputs_and_two_inputs_are_told_apart()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Forged.Normal(5, 3, 4), Forged.Normal(6, 4, 2));
        Assert.Equal(Verdict.Pass, GradCheck.Run(x => [x[0].matmul(x[1]), x[0].sum(), x[1].argmax()], [a, b]).Verdict);
        var wrong = GradCheck.Run(x => [x[0].matmul(x[1]), x[0].detach().exp() + (x[0] - x[0].detach())], [a, b], new GradCheckOptions { InputNames = ["left", "right"] });
        Assert.Equal(Verdict.Fail, wrong.Verdict);
        Assert.All(wrong.Entries.Where(entry => entry.Verdict == Verdict.Fail), entry => Assert.Equal((1, "left"), (entry.Output, entry.Input)));
    }

    [Fact]
    public void Complex_numbers_are_checked_by_both_of_their_parts()
    {
        using var scope = NewDisposeScope();
        var z = complex(Forged.Normal(7, 4), Forged.Normal(8, 4));
        Assert.Equal(Verdict.Pass, GradCheck.Run(Forged.Right(x => x * x.conj() + x.exp()), [z]).Verdict);
        var wrong = GradCheck.Run(Forged.Of(x => x.exp(), x => x.conj().exp()), [z]);
        Assert.Equal(Verdict.Fail, wrong.Verdict);
        Assert.NotNull(wrong.Entries[0].InputPart);
    }

    [Fact]
    public void Second_order_catches_what_first_order_cannot_see()
    {
        using var scope = NewDisposeScope();
        var x = Forged.Normal(9, 4);
        // x·(2x − x) has the slope 2x − x + x, of which the detached factor loses a part only when differentiated again.
        Func<Tensor[], Tensor[]> saved = inputs => [inputs[0] * inputs[0].detach() * 2 - inputs[0].detach().square()];
        Assert.Equal(Verdict.Pass, GradCheck.Run(saved, [x], new GradCheckOptions { Vary = false }).Verdict);
        var report = GradCheck.Run(saved, [x], new GradCheckOptions { Order = 2 });
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(Cause.SavedConstants, report.Diagnosis.Cause);
        Assert.Equal(2, report.Entries[0].Order);
        var right = GradCheck.Run(new BatchNorm1d(2, dtype: float64, form: BatchNormForm.ClosedForm), Forged.Normal(10, 5, 2), new GradCheckOptions { Order = 2 });
        Assert.True(right.Verdict == Verdict.Pass, right.ToString());
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using var scope = NewDisposeScope();
        var x = Forged.Normal(11, 2);
        Assert.Throws<ArgumentException>(() => GradCheck.Run(Forged.Right(v => v), [x], new GradCheckOptions { Order = 3 }));
        Assert.Throws<ArgumentException>(() => GradCheck.Run(Forged.Right(v => v), [x], new GradCheckOptions { AbsoluteTolerance = -1 }));
        var exception = Assert.Throws<ArgumentException>(() => GradCheck.Run(Forged.Right(v => v), [ones(2, int64)]));
        Assert.Contains("expected at least one but got Int64", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Throwing_is_left_to_the_caller()
    {
        using var scope = NewDisposeScope();
        GradCheck.Run(Forged.Right(x => x.exp()), [Forged.Normal(12, 3)]).ThrowIfFailed();
        var wrong = GradCheck.Run(Forged.Of(x => x.exp(), x => -x.exp()), [Forged.Normal(12, 3)]);
        var exception = Assert.Throws<CheckFailedException>(wrong.ThrowIfFailed);
        Assert.Same(wrong, exception.Report);
        Assert.Contains("−1, the sign", exception.Message, StringComparison.Ordinal);
    }
}
