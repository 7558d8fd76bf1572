using TorchRef.Checks;
using Xunit.Sdk;
using static TorchSharp.torch;

namespace TorchRef.Xunit.Tests;

/// <summary>Assertions about gradients: what passes, and that a failure is an assertion's, with the report for its message.</summary>
public sealed class GradientAssertTests
{
    [Fact]
    public void Correct_gradients_of_modules_and_functions_pass()
    {
        using var scope = NewDisposeScope();

        GradientAssert.Correct(new Layers.Tanh(), randn([4, 3], float64));
        GradientAssert.Correct(x => x.square(), randn([3], float64) + 2);
        GradientAssert.Correct(inputs => [inputs[0] * inputs[1]], [randn([3], float64), randn([3], float64)]);
    }

    [Fact]
    public void A_wrong_gradient_fails_with_its_report()
    {
        using var scope = NewDisposeScope();

        // Half of the square goes past the graph: the gradient is half of what it must be.
        var failure = Assert.Throws<CheckAssertException>(() => GradientAssert.Correct(x => x * x.detach(), randn([5], float64) + 3));

        Assert.IsAssignableFrom<XunitException>(failure);
        Assert.Equal(Verdict.Fail, failure.Report.Verdict);
        Assert.Equal(failure.Report.ToString(), failure.Message);
    }

    [Fact]
    public void What_cannot_be_seen_is_not_taken_for_right()
    {
        using var scope = NewDisposeScope();

        var failure = Assert.Throws<CheckAssertException>(() => GradientAssert.Correct(new Layers.Tanh(), randn([4, 3], float32), new GradCheckOptions { PromoteToFloat64 = false }));

        Assert.Equal(Verdict.Inconclusive, failure.Report.Verdict);
    }
}
