using TorchRef.Cli.Faults.Planted;
using TorchRef.Cli.Tests.Support;
using TorchRef.Cli.Verification;

namespace TorchRef.Cli.Tests.Planted;

/// <summary>Every fault is found, and found where it is; the same module without a fault agrees.</summary>
public sealed class PlantedFaultTests
{
    private const string OneSetting = "(4, 5, 3), affine, momentum 0.7, contiguous";
    private static readonly string[] s_statistics = ["running_mean", "running_var"];

    public static TheoryData<BatchNormFault, string[]> BatchNormFaults => new()
    {
        { BatchNormFault.EpsilonDropped, Both("output", "gradient of input", "gradient of weight") },
        { BatchNormFault.EpsilonOutsideTheRoot, Both("output", "gradient of input", "gradient of weight") },
        { BatchNormFault.UnbiasedVariance, Train("output", "gradient of input", "gradient of weight") },
        { BatchNormFault.GammaForgotten, Both("output", "gradient of input", "gradient of weight") },
        { BatchNormFault.BetaForgotten, Both("output", "gradient of bias") },
        { BatchNormFault.BiasedRunningVariance, [.. Both("running_var"), .. Eval("output", "gradient of input", "gradient of weight")] },
        { BatchNormFault.MomentumFlipped, [.. Both(s_statistics), .. Eval("output", "gradient of input", "gradient of weight")] },
        { BatchNormFault.UpdatedTwice, [.. Both(s_statistics), .. Eval("output", "gradient of input", "gradient of weight")] },
        { BatchNormFault.NotCounted, Both("num_batches_tracked") },
        { BatchNormFault.EvaluationUsesTheBatch, Eval("output", "gradient of input", "gradient of weight") },
        { BatchNormFault.EvaluationUpdates, Eval([.. s_statistics, "output", "gradient of input", "gradient of weight"]) },
        { BatchNormFault.MeanTermMissing, Train("gradient of input") },
        { BatchNormFault.VarianceTermMissing, Train("gradient of input") },
        { BatchNormFault.StatisticsDetached, Train("gradient of input") },
        { BatchNormFault.UnbiasedBackward, Train("gradient of input") },
        { BatchNormFault.GammaMissingInBackward, Train("gradient of input") },
        { BatchNormFault.WeightGradientFromOutput, Train("gradient of weight") },
        { BatchNormFault.BiasGradientAveraged, Train("gradient of bias") },
        { BatchNormFault.GradientsSwapped, Train("gradient of bias", "gradient of weight") },
        { BatchNormFault.CotangentIgnored, Train("gradient of bias", "gradient of input", "gradient of weight") },
    };

    public static TheoryData<DropoutFault, string[]> DropoutFaults => new()
    {
        { DropoutFault.NotScaled, Train("output", "gradient of input") },
        { DropoutFault.ScaledByInverseProbability, Train("output", "gradient of input") },
        { DropoutFault.ProbabilityOfKeeping, Train("output", "gradient of input") },
        { DropoutFault.ActiveInEvaluation, Eval("output", "gradient of input") },
        { DropoutFault.OtherMaskInBackward, Train("gradient of input") },
        { DropoutFault.NotScaledInBackward, Train("gradient of input") },
        { DropoutFault.IgnoresProbability1, Train("output", "gradient of input") },
        { DropoutFault.ActiveForProbability0, Train("output", "gradient of input") },
    };

    [Theory]
    [MemberData(nameof(BatchNormFaults))]
    public void A_fault_of_batch_normalisation_is_found_where_it_is(BatchNormFault fault, string[] where)
    {
        var outcome = Verify(fault, OneSetting);

        Assert.Equal(where.Order(StringComparer.Ordinal), outcome.WhatDiffers);
        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.All(outcome.Differences, line => Assert.Contains($"worst in {OneSetting}", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("torch.nn (16, 3)")]
    [InlineData("torch.nn (4, 5, 3)")]
    [InlineData("golden double_backward")]
    [InlineData("golden momentum_")]
    [InlineData("worked example")]
    [InlineData("digits, layer 2")]
    public void Without_a_fault_the_same_module_agrees(string filter)
    {
        var outcome = Verify(BatchNormFault.None, filter);

        Assert.Empty(outcome.WhatDiffers);
        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Contains(" agree, 0 differ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_second_derivative_alone_is_found_by_the_golden_tensors()
    {
        Assert.Empty(Verify(BatchNormFault.IntermediatesSaved, OneSetting).WhatDiffers);

        var outcome = Verify(BatchNormFault.IntermediatesSaved, "golden double_backward");

        Assert.Equal(["train: second gradient of input"], outcome.WhatDiffers);
        Assert.Equal(ExitCode.Differs, outcome.Code);
    }

    [Theory]
    [InlineData(BatchNormFault.EpsilonDropped, "golden custom_state", "output")]
    [InlineData(BatchNormFault.UnbiasedVariance, "worked example", "normalised, as printed")]
    [InlineData(BatchNormFault.BiasedRunningVariance, "worked example", "running variance")]
    [InlineData(BatchNormFault.MomentumFlipped, "golden momentum_0.3", "running_mean")]
    [InlineData(BatchNormFault.NotCounted, "golden momentum_1", "num_batches_tracked")]
    [InlineData(BatchNormFault.EvaluationUsesTheBatch, "golden custom_state_eval_only", "output")]
    [InlineData(BatchNormFault.VarianceTermMissing, "golden affine", "gradient of input")]
    [InlineData(BatchNormFault.MeanTermMissing, "digits, layer 1", "gradient of input")]
    [InlineData(BatchNormFault.VarianceTermMissing, "784-100-100-10", "loss of a step")]
    public void Golden_tensors_the_worked_example_digits_and_training_find_faults_too(BatchNormFault fault, string filter, string what)
    {
        var outcome = Verify(fault, filter);

        Assert.Contains($"train: {what}", outcome.WhatDiffers);
        Assert.Equal(ExitCode.Differs, outcome.Code);
    }

    [Fact]
    public void A_state_of_other_names_is_found()
    {
        var outcome = Verify(BatchNormFault.OtherNames, OneSetting);

        Assert.Contains("train: state dict keys", outcome.WhatDiffers);
        Assert.Contains("but got \"gamma, beta, running_mean", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Differs, outcome.Code);
    }

    [Fact]
    public void Every_fault_is_planted_somewhere()
    {
        var planted = BatchNormFaults.Select(row => (BatchNormFault)row.ToArray()[0]!).ToHashSet();

        Assert.Equal([BatchNormFault.None, BatchNormFault.IntermediatesSaved, BatchNormFault.OtherNames], Enum.GetValues<BatchNormFault>().Where(fault => !planted.Contains(fault)));
        Assert.Equal(Enum.GetValues<DropoutFault>().Length - 1, DropoutFaults.Count());
    }

    [Theory]
    [MemberData(nameof(DropoutFaults))]
    public void A_fault_of_dropout_is_found_where_it_is(DropoutFault fault, string[] where)
    {
        var outcome = Verify(fault, "(32, 16), p");

        Assert.Equal(where.Order(StringComparer.Ordinal), outcome.WhatDiffers);
        Assert.Equal(ExitCode.Differs, outcome.Code);
    }

    [Fact]
    public void Without_a_fault_the_same_dropout_agrees()
    {
        var outcome = Verify(DropoutFault.None, "(32, 16), p");

        Assert.Empty(outcome.WhatDiffers);
        Assert.Equal(ExitCode.Agrees, outcome.Code);
    }

    private static Outcome Verify(BatchNormFault fault, string filter) =>
        Shell.Run(Candidates.Own with { BatchNorm1d = (settings, _, dtype) => new PlantedBatchNorm1d(settings, dtype, fault) }, ["verify", "--filter", filter]);

    private static Outcome Verify(DropoutFault fault, string filter) =>
        Shell.Run(Candidates.Own with { Dropout = p => new PlantedDropout(p, fault) }, ["verify", "--filter", filter]);

    private static string[] Train(params string[] what) => [.. what.Select(one => $"train: {one}")];

    private static string[] Eval(params string[] what) => [.. what.Select(one => $"eval: {one}")];

    private static string[] Both(params string[] what) => [.. Train(what), .. Eval(what)];
}
