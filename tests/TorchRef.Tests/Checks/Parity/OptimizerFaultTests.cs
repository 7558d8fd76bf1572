using TorchRef.Checks;
using TorchRef.Optimization;
using TorchSharp.Modules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>Faults planted in optimisers: each is caught, and the first guess at its cause is right.</summary>
public sealed class OptimizerFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(StepFault.DoubledDecay, Cause.DecayStrength)]
    [InlineData(StepFault.NoDecay, Cause.DecayStrength)]
    [InlineData(StepFault.DecayAfterMomentum, Cause.DecayPlace)]
    [InlineData(StepFault.DecayTurned, Cause.DecayPlace)]
    [InlineData(StepFault.DecayIntoGradient, Cause.GradientChanged)]
    [InlineData(StepFault.DecayOfUpdatedWeight, Cause.DecayPlace)]
    [InlineData(StepFault.DecayWithoutGradient, Cause.DecayedParameters)]
    [InlineData(StepFault.NesterovWithNewVelocity, Cause.MomentumRule)]
    [InlineData(StepFault.DampenedStart, Cause.MomentumRule)]
    [InlineData(StepFault.NoMemory, Cause.StateNotKept)]
    [InlineData(StepFault.SignTurned, Cause.StepSize)]
    [InlineData(StepFault.HalfStep, Cause.StepSize)]
    [InlineData(StepFault.Throws, Cause.Throws)]
    public void A_fault_in_SGD_is_caught_and_named(StepFault fault, Cause cause)
    {
        var settings = new SgdOptions(0.1, momentum: 0.9, weight_decay: 0.01, nesterov: fault == StepFault.NesterovWithNewVelocity, dampening: fault == StepFault.DampenedStart ? 0.3 : 0);
        Named(cause, Compare(p => new FaultySgd(p, settings, fault), p => optim.SGD(p, 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: settings.nesterov, dampening: settings.dampening)));
    }

    [Theory]
    [InlineData(StepFault.DoubledDecay, Cause.DecayStrength)]
    [InlineData(StepFault.DecayTurned, Cause.DecayPlace)]
    [InlineData(StepFault.DecayOfUpdatedWeight, Cause.DecayPlace)]
    public void A_fault_in_SGD_without_momentum_is_caught_and_named(StepFault fault, Cause cause) =>
        Named(cause, Compare(p => new FaultySgd(p, new SgdOptions(0.1, weight_decay: 0.01), fault), p => optim.SGD(p, 0.1, weight_decay: 0.01)));

    [Theory]
    [InlineData(StepFault.DecayWithoutRate, Cause.DecayStrength)]
    [InlineData(StepFault.CoupledForDecoupled, Cause.DecayCoupling)]
    public void A_fault_in_decoupled_SGD_is_caught_and_named(StepFault fault, Cause cause)
    {
        var settings = new SgdOptions(0.1, momentum: 0.9, weight_decay: 0.01, decoupled_weight_decay: true);
        Named(cause, Compare(p => new FaultySgd(p, settings, fault), p => new TorchRef.Optimization.SGD([(p, settings)])));
    }

    [Theory]
    [InlineData(StepFault.DoubledDecay, Cause.DecayStrength)]
    [InlineData(StepFault.NoDecay, Cause.DecayStrength)]
    [InlineData(StepFault.DecoupledForCoupled, Cause.DecayCoupling)]
    [InlineData(StepFault.DecayTurned, Cause.DecayPlace)]
    [InlineData(StepFault.NoBiasCorrection, Cause.BiasCorrection)]
    [InlineData(StepFault.CorrectionStuck, Cause.BiasCorrection)]
    [InlineData(StepFault.EpsilonInsideRoot, Cause.Epsilon)]
    [InlineData(StepFault.EpsilonUncorrected, Cause.Epsilon)]
    [InlineData(StepFault.EpsilonMissing, Cause.Epsilon)]
    [InlineData(StepFault.NoMemory, Cause.StateNotKept)]
    public void A_fault_in_Adam_is_caught_and_named(StepFault fault, Cause cause) =>
        Named(cause, Compare(p => new FaultyAdam(p, new AdamOptions(0.01, weight_decay: 0.05), fault), p => optim.Adam(p, 0.01, weight_decay: 0.05)));

    [Fact]
    public void A_maximum_that_is_forgotten_is_named() =>
        Named(Cause.StateNotKept, Compare(p => new FaultyAdam(p, new AdamOptions(0.01, beta2: 0.5, amsgrad: true), StepFault.MaximumForgotten), p => optim.Adam(p, 0.01, beta2: 0.5, amsgrad: true)));

    [Theory]
    [InlineData(StepFault.DoubledDecay, Cause.DecayStrength)]
    [InlineData(StepFault.CoupledForDecoupled, Cause.DecayCoupling)]
    [InlineData(StepFault.DecayWithoutRate, Cause.DecayStrength)]
    public void A_fault_in_AdamW_is_caught_and_named(StepFault fault, Cause cause) =>
        Named(cause, Compare(p => new FaultyAdam(p, new AdamOptions(0.01, weight_decay: 0.05, decoupled_weight_decay: true), fault), p => optim.AdamW(p, 0.01, weight_decay: 0.05)));

    [Fact]
    public void Decay_of_biases_and_norms_is_named_and_so_is_sparing_them()
    {
        static ParityOptimizer All(nn.Module module) => new TorchRef.Optimization.SGD([(module.parameters(), new SgdOptions(0.1, weight_decay: 0.01))]);
        static ParityOptimizer Weights(nn.Module module) => new TorchRef.Optimization.SGD(ParameterGroups.WithoutDecayForBiasesAndNorms(module, new SgdOptions(0.1, weight_decay: 0.01)));

        var decays = OptimizerParity.Compare(All, Weights);
        var spares = OptimizerParity.Compare(Weights, All);

        Named(Cause.DecayedParameters, decays);
        Assert.Equal("linear.bias, norm.weight, norm.bias decay, which the reference leaves alone", decays.Diagnosis.Text);
        Named(Cause.DecayedParameters, spares);
        Assert.Equal("linear.bias, norm.weight, norm.bias don't decay, which the reference lets decay", spares.Diagnosis.Text);
    }

    [Fact]
    public void What_is_written_again_without_a_fault_passes()
    {
        Passes(Compare(p => new FaultySgd(p, new SgdOptions(0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true), StepFault.None), p => optim.SGD(p, 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true)));
        Passes(Compare(p => new FaultyAdam(p, new AdamOptions(0.01, weight_decay: 0.05), StepFault.None), p => optim.Adam(p, 0.01, weight_decay: 0.05)));
    }

    [Fact]
    public void TorchRefs_optimisers_pass_against_torch_optim()
    {
        Passes(Compare(p => new TorchRef.Optimization.SGD(p, 0.05, weight_decay: 0.1), p => optim.SGD(p, 0.05, weight_decay: 0.1)));
        Passes(Compare(p => new TorchRef.Optimization.SGD(p, 0.05, momentum: 0.9, dampening: 0.2), p => optim.SGD(p, 0.05, momentum: 0.9, dampening: 0.2)));
        Passes(Compare(p => new Momentum(p, 0.05), p => optim.SGD(p, 0.05, momentum: 0.9)), "Momentum");
        Passes(Compare(p => new TorchRef.Optimization.Adam(p, amsgrad: true, weight_decay: 0.1), p => optim.Adam(p, amsgrad: true, weight_decay: 0.1)));
        Passes(Compare(p => new TorchRef.Optimization.AdamW(p, weight_decay: 0.1), p => optim.AdamW(p, weight_decay: 0.1)));
        Passes(Compare(p => new AdaGrad(p, 0.1, lr_decay: 0.1), p => optim.Adagrad(p, 0.1, lr_decay: 0.1)));
        Passes(Compare(p => new RMSprop(p, momentum: 0.5, centered: true), p => optim.RMSProp(p, momentum: 0.5, centered: true)));
    }

    private static OptimizerParityReport Compare(Func<IEnumerable<Parameter>, ParityOptimizer> candidate, Func<IEnumerable<Parameter>, ParityOptimizer> reference) => OptimizerParity.Compare(candidate, reference, 6);

    private void Named(Cause cause, OptimizerParityReport report)
    {
        output.WriteLine($"{report.Diagnosis.Cause}: {report.Diagnosis.Text}\n{report.FirstDivergence}");
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(cause, report.Diagnosis.Cause);
    }

    private static void Passes(OptimizerParityReport report, string what = "") =>
        Assert.True(report.Verdict == Verdict.Pass, $"{what} {report.Subject} {report.Verdict} {report.Diagnosis}\n{report.FirstDivergence}\n{string.Join("\n", report.Entries.Where(entry => entry.Verdict != Verdict.Pass))}\n{string.Join("\n", report.Findings)}\n{string.Join("\n", report.BlindSpots)}");
}
