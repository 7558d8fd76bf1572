using TorchRef.Checks;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>Faults planted in batch normalisation: each is caught, and the first guess at its cause is right.</summary>
public sealed class NormFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(NormFault.EpsilonDropped, Cause.Epsilon)]
    [InlineData(NormFault.EpsilonOutsideTheRoot, Cause.Epsilon)]
    [InlineData(NormFault.OtherEpsilon, Cause.Epsilon)]
    [InlineData(NormFault.UnbiasedVariance, Cause.BiasedVariance)]
    [InlineData(NormFault.GammaForgotten, Cause.ChannelFactor)]
    [InlineData(NormFault.BetaForgotten, Cause.ForwardDiffers)]
    [InlineData(NormFault.BatchOnly, Cause.WrongReduction)]
    [InlineData(NormFault.GammaAndBetaSwapped, Cause.Swapped)]
    [InlineData(NormFault.MeanKept, Cause.ForwardDiffers)]
    [InlineData(NormFault.TrainingUsesRunning, Cause.EvalMode)]
    [InlineData(NormFault.EvaluationEpsilonDropped, Cause.Epsilon)]
    [InlineData(NormFault.BiasedRunningVariance, Cause.BiasedVariance)]
    [InlineData(NormFault.MomentumFlipped, Cause.MomentumConvention)]
    [InlineData(NormFault.OtherMomentum, Cause.MomentumConvention)]
    [InlineData(NormFault.UpdatedTwice, Cause.StatisticsUpdates)]
    [InlineData(NormFault.NotUpdated, Cause.StatisticsUpdates)]
    [InlineData(NormFault.NotCounted, Cause.Counter)]
    [InlineData(NormFault.CountedTwice, Cause.Counter)]
    [InlineData(NormFault.EvaluationUsesTheBatch, Cause.EvalMode)]
    [InlineData(NormFault.EvaluationUpdates, Cause.StatisticsUpdates)]
    [InlineData(NormFault.MeanTermMissing, Cause.MeanTerm)]
    [InlineData(NormFault.VarianceTermMissing, Cause.VarianceTerm)]
    [InlineData(NormFault.StatisticsDetached, Cause.DetachedStatistics)]
    [InlineData(NormFault.UnbiasedVarianceTerm, Cause.VarianceTerm)]
    [InlineData(NormFault.GammaMissingInBackward, Cause.ChannelFactor)]
    [InlineData(NormFault.DeviationMissingInBackward, Cause.ChannelFactor)]
    [InlineData(NormFault.EpsilonDroppedInBackward, Cause.Epsilon)]
    [InlineData(NormFault.WeightGradientFromOutput, Cause.OutputInsteadOfNormalized)]
    [InlineData(NormFault.WeightGradientFromScaled, Cause.OutputInsteadOfNormalized)]
    [InlineData(NormFault.BiasGradientAveraged, Cause.ConstantFactor)]
    [InlineData(NormFault.GradientsSwapped, Cause.Swapped)]
    [InlineData(NormFault.CotangentIgnored, Cause.CotangentIgnored)]
    [InlineData(NormFault.OneEntryOff, Cause.SingleEntry)]
    [InlineData(NormFault.SinglePrecision, Cause.Precision)]
    [InlineData(NormFault.SignTurned, Cause.ConstantFactor)]
    [InlineData(NormFault.Doubled, Cause.ConstantFactor)]
    [InlineData(NormFault.BiasGradientOverBatchOnly, Cause.WrongReduction)]
    [InlineData(NormFault.MissingWeightGradient, Cause.MissingGradient)]
    [InlineData(NormFault.OtherNames, Cause.StateDictKeys)]
    [InlineData(NormFault.CounterMissing, Cause.StateDictKeys)]
    [InlineData(NormFault.InputChanged, Cause.InputChanged)]
    [InlineData(NormFault.WeightChanged, Cause.StateChanged)]
    [InlineData(NormFault.GraphCut, Cause.NoGradient)]
    [InlineData(NormFault.Throws, Cause.Throws)]
    [InlineData(NormFault.ThrowsInEvaluation, Cause.Throws)]
    [InlineData(NormFault.WrongShape, Cause.Shape)]
    [InlineData(NormFault.RandomNumberDrawn, Cause.RandomNumbers)]
    [InlineData(NormFault.DeafToEval, Cause.EvalMode)]
    public void A_fault_is_caught_and_named(NormFault fault, Cause cause)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var candidate = new FaultyBatchNorm(3, fault);
        using var reference = nn.BatchNorm2d(3);

        var report = ModuleParity.Compare(candidate, reference, [randn(5, 3, 2, 2)]);

        output.WriteLine(report.ToString());
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(cause, report.Diagnosis.Cause);
    }

    [Fact]
    public void A_backward_of_saved_values_is_found_by_the_second_order_alone()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var candidate = new FaultyBatchNorm(3, NormFault.IntermediatesSaved);
        using var reference = nn.BatchNorm1d(3);
        var x = randn(8, 3);

        Assert.Equal(Verdict.Pass, ModuleParity.Compare(candidate, reference, [x]).Verdict);
        var report = ModuleParity.Compare(candidate, reference, [x], new ModuleParityOptions { Order = 2 });

        Assert.Equal(Cause.SavedConstants, report.Diagnosis.Cause);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Written_again_without_a_fault_it_passes(int order)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var candidate = new FaultyBatchNorm(3);
        using var reference = nn.BatchNorm2d(3);

        var report = ModuleParity.Compare(candidate, reference, [randn(5, 3, 2, 2)], new ModuleParityOptions { Order = order });

        output.WriteLine(report.ToString());
        Assert.Equal(Verdict.Pass, report.Verdict);
    }
}
