using TorchRef.Cli.Verification;
using TorchRef.Normalization;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>Faults that are planted in the variants of batch normalisation on purpose: the verification must find each of them.</summary>
public sealed class BatchNormVariantFaultTests
{
    private const string Shape = "(2, 3, 6, 6), affine, momentum 0.1";

    [Fact]
    public void NothingIsFoundWithoutAFault() =>
        Assert.Empty(Faults(Shape, Candidates.Own));

    [Fact]
    public void FindsAMomentumThatIsTheOtherWayRound() =>
        Assert.Contains("running_var", Faults("BatchNorm2d composite float64 train torch.nn", Candidates.Own with
        {
            BatchNorm2d = (s, form, dtype) => new BatchNorm2d(s.Features, s.Eps, 1 - s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        }));

    [Fact]
    public void FindsAnEpsilonThatIsForgotten() =>
        Assert.Contains("output", Faults("BatchNorm3d closedform float64 train torch.nn", Candidates.Own with
        {
            BatchNorm3d = (s, form, dtype) => new BatchNorm3d(s.Features, 0, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        }));

    [Fact]
    public void FindsAnEpsilonThatIsWrongInTheSecondDerivative() =>
        Assert.Contains("second gradient of input", Faults("second order", Candidates.Own with
        {
            BatchNorm2d = (s, form, dtype) => new BatchNorm2d(s.Features, s.Eps * 1.001, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        }));

    [Fact]
    public void FindsRoundOffThatIsLargerThanItNeedBe() =>
        Assert.Contains("output", Faults("BatchNorm2d composite float32 train float64", Candidates.Own with
        {
            BatchNorm2d = (s, form, dtype) => new BatchNorm2d(s.Features, s.Eps + 3e-5, s.Momentum, s.Affine, s.Tracking, form, dtype: dtype),
        }));

    [Fact]
    public void FindsALazyModuleThatForgetsItsSettings() =>
        Assert.Contains("printed form", Faults("LazyBatchNorm1d", Candidates.Own with { LazyBatchNorm = (s, form, dtype) => new LazyBatchNorm1d(affine: s.Affine, dtype: dtype) }));

    [Fact]
    public void FindsGhostBatchesThatAreTheWholeBatch() =>
        Assert.Contains("output", Faults("GhostBatchNorm float64", Candidates.Own with
        {
            GhostBatchNorm = (s, _, dtype) => new GhostBatchNorm(s.Features, long.MaxValue / 2, s.Eps, s.Momentum, s.Affine, s.Tracking, dtype: dtype),
        }));

    [Fact]
    public void FindsAFrozenModuleOfInitialStatistics() =>
        Assert.Contains("output", Faults("FrozenBatchNorm float64", Candidates.Own with { FrozenBatchNorm = norm => new FrozenBatchNorm(norm.num_features, norm.eps, dtype: norm.running_mean!.dtype) }));

    [Fact]
    public void FindsAConventionThatIsIgnored()
    {
        var faults = Faults("worked example", Candidates.Own with { ConventionalBatchNorm = (features, _, dtype) => new ConventionalBatchNorm(features, BatchNormConvention.PyTorch, dtype: dtype) });

        Assert.Contains("last value, as printed", faults);
        Assert.Contains("running variance", faults);
    }

    /// <summary>What disagrees in the cases that a filter leaves in.</summary>
    private static HashSet<string> Faults(string filter, Candidates candidates)
    {
        var recorder = new ComparisonRecorder(filter, CancellationToken.None);
        for (var dimensions = 1; dimensions <= 3; dimensions++) BatchNormCases.Run(recorder, candidates, dimensions, seed: 1);
        BatchNormSecondOrderCases.Run(recorder, candidates, seed: 1);
        BatchNormRoundOffCases.Run(recorder, candidates, seed: 1);
        BatchNormVariantCases.Run(recorder, candidates, seed: 1);
        ConventionCases.Run(recorder, candidates, seed: 1);
        Assert.NotEmpty(recorder.Comparisons);
        return [.. recorder.Comparisons.Where(comparison => !comparison.Agrees).Select(comparison => comparison.What)];
    }
}
