using TorchRef.Checks;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>Faults planted in dropout: each is caught, and the first guess at its cause is right.</summary>
public sealed class DropoutFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(DropFault.NotScaled, 0.3, Cause.DropoutScale)]
    [InlineData(DropFault.ScaledByInverseProbability, 0.3, Cause.DropoutScale)]
    [InlineData(DropFault.ProbabilityOfKeeping, 0.3, Cause.DropoutScale)]
    [InlineData(DropFault.ActiveInEvaluation, 0.3, Cause.EvalMode)]
    [InlineData(DropFault.ScaledInEvaluation, 0.3, Cause.DropoutScale)]
    [InlineData(DropFault.NeverActive, 0.3, Cause.EvalMode)]
    [InlineData(DropFault.OtherMaskInBackward, 0.5, Cause.MaskNotReused)]
    [InlineData(DropFault.NotScaledInBackward, 0.3, Cause.DropoutScale)]
    [InlineData(DropFault.MaskReused, 0.5, Cause.RandomNumbers)]
    [InlineData(DropFault.SeedIgnored, 0.5, Cause.RandomNumbers)]
    [InlineData(DropFault.ChannelMask, 0.5, Cause.RandomNumbers)]
    [InlineData(DropFault.InputChanged, 0.5, Cause.InputChanged)]
    [InlineData(DropFault.IgnoresProbability1, 1, Cause.DropoutScale)]
    [InlineData(DropFault.DividesByZero, 1, Cause.DropoutScale)]
    [InlineData(DropFault.DropsAtProbability0, 0, Cause.DropoutScale)]
    [InlineData(DropFault.UniformMask, 0.5, Cause.RandomNumbers)]
    public void A_fault_is_caught_and_named(DropFault fault, double p, Cause cause)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var candidate = new FaultyDropout(p, fault);
        using var reference = nn.Dropout(p);

        var report = ModuleParity.Compare(candidate, reference, [randn(6, 5, 4)]);

        output.WriteLine(report.Diagnosis.Cause + " " + report.Diagnosis.Text + "\n" + string.Join("\n", report.Findings));
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(cause, report.Diagnosis.Cause);
    }

    [Theory]
    [InlineData(DropFault.ElementMask, Cause.RandomNumbers)]
    [InlineData(DropFault.NotScaled, Cause.DropoutScale)]
    [InlineData(DropFault.ActiveInEvaluation, Cause.EvalMode)]
    public void A_fault_of_a_dropout_of_channels_is_caught_and_named(DropFault fault, Cause cause)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var candidate = new FaultyDropout(0.3, fault, channels: true);
        using var reference = nn.Dropout2d(0.3);

        var report = ModuleParity.Compare(candidate, reference, [randn(6, 5, 2, 3)]);

        output.WriteLine(report.Diagnosis.Cause + " " + report.Diagnosis.Text);
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(cause, report.Diagnosis.Cause);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(1)]
    public void Written_again_without_a_fault_it_passes(double p)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var candidate = new FaultyDropout(p, DropFault.None);
        using var reference = nn.Dropout(p);

        var report = ModuleParity.Compare(candidate, reference, [randn(6, 5, 4)]);

        Assert.True(report.Verdict == Verdict.Pass, report.Verdict + report.Diagnosis.Text + string.Join("\n", report.BlindSpots));
    }
}
