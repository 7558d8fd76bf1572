using TorchRef.Cli.Faults.Planted;
using TorchRef.Cli.Verification;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Optimization;
using TorchSharp.Modules;

namespace TorchRef.Cli.Tests.Planted;

/// <summary>An optimiser with a fault must not pass for a right one, and a right one not for faulty.</summary>
public sealed class PlantedOptimizerTests
{
    private const string Optim = "torch.optim", Golden = "golden", Loss = "decay in step", ByHand = "shrinking by hand";

    [Theory]
    [InlineData(OptimizerFault.DoubledDecay, Optim, Golden, Loss, ByHand)]
    [InlineData(OptimizerFault.DecayAfterMomentum, Optim, Golden, Loss)]
    [InlineData(OptimizerFault.DecayTurnedWhenClimbing, Golden)]
    [InlineData(OptimizerFault.DecayIntoGradient, Optim)]
    [InlineData(OptimizerFault.DecayOfUpdatedWeight, Optim, Golden, Loss)]
    [InlineData(OptimizerFault.DecayWithoutGradient, Optim, Golden)]
    [InlineData(OptimizerFault.NesterovWithNewVelocity, Optim, Golden)]
    [InlineData(OptimizerFault.DampenedStart, Optim, Golden)]
    [InlineData(OptimizerFault.DecayWithoutRate, ByHand)]
    public void A_fault_in_SGD_is_found(OptimizerFault fault, params string[] references) =>
        Assert.Superset(references.ToHashSet(), Found("SGD", options => options is SgdOptions, groups => new PlantedSgd(Typed<SgdOptions>(groups), fault)));

    [Theory]
    [InlineData(OptimizerFault.DecoupledForCoupled, Optim, Golden, Loss)]
    [InlineData(OptimizerFault.DecayTurnedWhenClimbing, Optim, Golden)]
    [InlineData(OptimizerFault.NoBiasCorrection, Optim, Golden)]
    [InlineData(OptimizerFault.EpsilonInsideRoot, Optim, Golden)]
    [InlineData(OptimizerFault.EpsilonUncorrected, Optim, Golden)]
    [InlineData(OptimizerFault.AmsgradWithoutMemory, Optim, Golden)]
    public void A_fault_in_Adam_is_found(OptimizerFault fault, params string[] references) =>
        Assert.Superset(references.ToHashSet(), Found("Adam", options => options.GetType() == typeof(AdamOptions), groups => new PlantedAdam<AdamOptions>(Typed<AdamOptions>(groups), fault)));

    [Theory]
    [InlineData(OptimizerFault.CoupledForDecoupled, Optim, Golden, ByHand)]
    [InlineData(OptimizerFault.DecayWithoutRate, Optim, Golden, ByHand)]
    [InlineData(OptimizerFault.NoBiasCorrection, Optim, Golden)]
    public void A_fault_in_AdamW_is_found(OptimizerFault fault, params string[] references) =>
        Assert.Superset(references.ToHashSet(), Found("AdamW", options => options is AdamWOptions, groups => new PlantedAdam<AdamWOptions>(Typed<AdamWOptions>(groups), fault)));

    [Fact]
    public void Decay_of_biases_and_norms_is_found() =>
        Assert.Equal([Optim], Found("weight decay groups", Candidates.Own with { DecayGroups = (module, options) => [(module.parameters(), options)] }));

    [Fact]
    public void What_is_written_again_without_a_fault_passes()
    {
        Assert.Empty(Found("SGD", options => options is SgdOptions, groups => new PlantedSgd(Typed<SgdOptions>(groups), OptimizerFault.None)));
        Assert.Empty(Found("Adam", options => options.GetType() == typeof(AdamOptions), groups => new PlantedAdam<AdamOptions>(Typed<AdamOptions>(groups), OptimizerFault.None)));
        Assert.Empty(Found("AdamW", options => options is AdamWOptions, groups => new PlantedAdam<AdamWOptions>(Typed<AdamWOptions>(groups), OptimizerFault.None)));
        Assert.Empty(Found("weight decay groups", Candidates.Own));
    }

    /// <summary>What the optimiser, put in its place, is found to disagree with.</summary>
    private static HashSet<string> Found(string filter, Func<GroupOptions, bool> replaced, Func<IReadOnlyList<(IEnumerable<Parameter> parameters, GroupOptions options)>, Optimizer> make) =>
        Found(filter, Candidates.Own with { Optimizer = groups => groups.Count > 0 && replaced(groups[0].options) ? make(groups) : Candidates.Own.Optimizer(groups) });

    private static HashSet<string> Found(string filter, Candidates candidates)
    {
        var recorder = new ComparisonRecorder(filter, CancellationToken.None);
        OptimizerCases.Run(recorder, candidates, seed: 1);
        WeightDecayCases.Run(recorder, candidates, seed: 1);
        GoldenOptimizers.Run(recorder, candidates);
        Assert.NotEmpty(recorder.Comparisons);
        return [.. recorder.Comparisons.Where(comparison => !comparison.Agrees).Select(comparison => comparison.Reference)];
    }

    private static IEnumerable<(IEnumerable<Parameter> parameters, TOptions options)> Typed<TOptions>(IReadOnlyList<(IEnumerable<Parameter> parameters, GroupOptions options)> groups)
        where TOptions : GroupOptions => groups.Select(group => (group.parameters, (TOptions)group.options));
}
