using TorchRef.Checks;
using Xunit.Sdk;
using static TorchSharp.torch;

namespace TorchRef.Xunit.Tests;

/// <summary>Assertions of parity: what passes, and that a failure is an assertion's, with the report for its message.</summary>
public sealed class ParityAssertTests
{
    [Fact]
    public void Modules_that_do_the_same_pass()
    {
        using var scope = NewDisposeScope();

        ParityAssert.Same(nn.BatchNorm1d(3), new Normalization.BatchNorm1d(3), randn(8, 3));
    }

    [Fact]
    public void A_module_that_does_otherwise_fails_with_its_report()
    {
        using var scope = NewDisposeScope();

        var failure = Assert.Throws<CheckAssertException>(() => ParityAssert.Same(nn.BatchNorm1d(3), new Normalization.BatchNorm1d(3, eps: 1e-3), randn(8, 3)));

        Assert.IsAssignableFrom<XunitException>(failure);
        Assert.Equal(Cause.Epsilon, failure.Report.Diagnosis.Cause);
        Assert.Equal(failure.Report.ToString(), failure.Message);
        Assert.Contains("ε is 0.001 in place of 1e-05", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Optimisers_that_take_the_same_steps_pass_and_others_fail()
    {
        ParityAssert.SameSteps(parameters => optim.SGD(parameters, 0.1), parameters => new Optimization.SGD(parameters, 0.1));

        var failure = Assert.Throws<CheckAssertException>(() => ParityAssert.SameSteps(parameters => optim.SGD(parameters, 0.1), parameters => new Optimization.SGD(parameters, 0.05)));

        Assert.Equal(Cause.StepSize, failure.Report.Diagnosis.Cause);
        Assert.Contains("steps are 0.5 times as long as they should be", failure.Message, StringComparison.Ordinal);
    }
}
