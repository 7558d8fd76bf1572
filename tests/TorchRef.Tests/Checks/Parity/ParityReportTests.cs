using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>What a report says to somebody who sees it for the first time.</summary>
public sealed class ParityReportTests
{
    [Fact]
    public void A_momentum_turned_round_is_explained()
    {
        var text = Report(NormFault.MomentumFlipped).ToString();

        Assert.StartsWith(
            "FAIL: running_mean has old and new changed places, momentum m for 1 − m: it becomes 0.1·old +\n0.9·mean of the batch, and must become 0.9·old + 0.1·mean of the batch (step 1 of training).\n" +
            "Checked: FaultyBatchNorm against BatchNorm1d\n", text, StringComparison.Ordinal);
        Assert.Contains("Where they part first\n  In step 1 of training, in float64, running_mean[", text, StringComparison.Ordinal);
        Assert.Contains("  quantity             type", text, StringComparison.Ordinal);
        Assert.Contains("Distance from the reference in float32 (units in the last place)", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void What_passes_says_what_was_done()
    {
        var text = Report(NormFault.None).ToString();

        Assert.StartsWith("PASS: the candidate does what the reference does.\n", text, StringComparison.Ordinal);
        Assert.Contains("phases", text, StringComparison.Ordinal);
        Assert.Contains("planted errors caught  7 of 7", text, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NormFault.EpsilonOutsideTheRoot, "ε is outside of the root: the divisor is √σ² + 1e-05, not √(σ² + 1e-05)")]
    [InlineData(NormFault.UnbiasedVariance, "the unbiased variance (over n − 1) is taken where the biased one (over n) belongs")]
    [InlineData(NormFault.VarianceTermMissing, "gradient of input: the term by which the variance depends on the input, − x̂·mean(γ·g·x̂), is missing")]
    [InlineData(NormFault.UnbiasedVarianceTerm, "is there times 1.142857 = N/(N − 1), N = 8, the size of the batch")]
    [InlineData(NormFault.BiasGradientAveraged, "gradient of bias is the right one times 0.125 = 1/N, N = 8, the size of the batch")]
    [InlineData(NormFault.GammaMissingInBackward, "gradient of input is computed without γ (weight)")]
    [InlineData(NormFault.UpdatedTwice, "running_mean is updated twice in a step: it becomes 0.81·old + 0.19·mean of the batch")]
    [InlineData(NormFault.EvaluationUsesTheBatch, "in evaluation the output is what training gives (step 1 of evaluation): it takes the statistics of the batch, not the running ones, after eval()")]
    [InlineData(NormFault.CounterMissing, "the candidate's state dict lacks num_batches_tracked")]
    [InlineData(NormFault.NotCounted, "num_batches_tracked must go up by 1 in step 1 of training but doesn't move")]
    [InlineData(NormFault.Throws, "the candidate's forward throws in step 1 of training, where the reference's doesn't: InvalidOperationException: Index was outside of something")]
    [InlineData(NormFault.WrongShape, "the output's shape in step 1 of training: expected [8, 3] but got [24]")]
    public void A_diagnosis_reads_well(NormFault fault, string sentence)
    {
        var diagnosis = Report(fault).Diagnosis.Text;

        Assert.Contains(sentence, diagnosis, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", diagnosis, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_throws_its_report()
    {
        var report = Report(NormFault.SignTurned);

        var thrown = Assert.Throws<CheckFailedException>(report.ThrowIfFailed);

        Assert.Equal(report.ToString(), thrown.Message);
        Report(NormFault.None).ThrowIfFailed();
    }

    private static ModuleParityReport Report(NormFault fault)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var candidate = new FaultyBatchNorm(3, fault);
        using var reference = nn.BatchNorm1d(3);
        return ModuleParity.Compare(candidate, reference, [randn(8, 3)]);
    }
}
