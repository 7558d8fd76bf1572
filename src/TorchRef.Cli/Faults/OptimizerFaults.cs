using TorchRef.Checks;
using TorchRef.Cli.Faults.Planted;
using TorchRef.Optimization;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace TorchRef.Cli.Faults;

/// <summary>Optimisers that move parameters another way than they should, most of them by a mistake in weight decay.</summary>
internal static class OptimizerFaults
{
    private const string Decay = "weight decay", Steps = "optimisers";
    private static readonly SgdOptions s_plain = new(0.1, weight_decay: 0.3), s_velocity = s_plain with { momentum = 0.9 }, s_still = new(0.1, 0.9);
    private static readonly AdamOptions s_adam = new(0.1, weight_decay: 0.3);
    private static readonly AdamWOptions s_adamW = new(0.1, weight_decay: 0.3);

    public static IEnumerable<Fault> All => [.. OfDecay(), .. OfSteps()];

    private static IEnumerable<Fault> OfDecay()
    {
        yield return Sgd("λ doubled", s_plain, OptimizerFault.DoubledDecay, Cause.DecayStrength);
        yield return Sgd("λ doubled, with momentum", s_velocity, OptimizerFault.DoubledDecay, Cause.DecayStrength);
        yield return Sgd("added after momentum", s_velocity, OptimizerFault.DecayAfterMomentum, Cause.DecayPlace);
        yield return Sgd("sign turned when climbing", s_plain with { maximize = true }, OptimizerFault.DecayTurnedWhenClimbing, Cause.DecayPlace);
        yield return Sgd("added to the gradient itself", s_plain, OptimizerFault.DecayIntoGradient, Cause.GradientChanged);
        yield return Sgd("of the updated weight", s_plain, OptimizerFault.DecayOfUpdatedWeight, Cause.DecayPlace);
        yield return Sgd("of parameters without a gradient", s_plain, OptimizerFault.DecayWithoutGradient, Cause.DecayedParameters);
        yield return Sgd("decoupled without the learning rate", s_plain with { decoupled_weight_decay = true }, OptimizerFault.DecayWithoutRate, Cause.DecayStrength);
        yield return Adam("coupled in AdamW", s_adamW, OptimizerFault.CoupledForDecoupled, Cause.DecayCoupling);
        yield return Adam("decoupled in Adam", s_adam, OptimizerFault.DecoupledForCoupled, Cause.DecayCoupling);
        yield return Adam("AdamW's without the learning rate", s_adamW, OptimizerFault.DecayWithoutRate, Cause.DecayStrength);
        yield return Adam("Adam's sign turned when climbing", s_adam with { maximize = true }, OptimizerFault.DecayTurnedWhenClimbing, Cause.DecayPlace);
        yield return Of(Decay, "of biases and norms too", module => new SGD([(module.parameters(), s_plain)]), module => new SGD(ParameterGroups.WithoutDecayForBiasesAndNorms(module, s_plain)), Cause.DecayedParameters);
        yield return Of(Decay, "of biases and norms only", module => new SGD(Exchanged(module)), module => new SGD(ParameterGroups.WithoutDecayForBiasesAndNorms(module, s_plain)), Cause.DecayedParameters);
        yield return Of(Decay, "weights spared too", module => new SGD([(module.parameters(), s_plain with { weight_decay = 0 })]), module => new SGD(ParameterGroups.WithoutDecayForBiasesAndNorms(module, s_plain)), Cause.DecayedParameters, Cause.DecayStrength);
        yield return Of(Decay, "missing", module => new SGD([(module.parameters(), s_plain with { weight_decay = 0 })]), module => new SGD([(module.parameters(), s_plain)]), Cause.DecayStrength, Cause.DecayedParameters);
        yield return Of(Decay, "halved", module => new SGD([(module.parameters(), s_plain with { weight_decay = 0.15 })]), module => new SGD([(module.parameters(), s_plain)]), Cause.DecayStrength);
        yield return Of(Decay, "decoupled in SGD with momentum", module => new SGD([(module.parameters(), s_velocity with { decoupled_weight_decay = true })]), module => new SGD([(module.parameters(), s_velocity)]), Cause.DecayCoupling, Cause.DecayPlace);
        yield return Of(Decay, "Adam for AdamW", module => new Adam([(module.parameters(), s_adam)]), module => new AdamW([(module.parameters(), s_adamW)]), Cause.DecayCoupling);
    }

    private static IEnumerable<Fault> OfSteps()
    {
        yield return Sgd("Nesterov by the new velocity", s_still with { nesterov = true }, OptimizerFault.NesterovWithNewVelocity, Cause.MomentumRule);
        yield return Sgd("first velocity dampened", s_still with { dampening = 0.5 }, OptimizerFault.DampenedStart, Cause.MomentumRule);
        yield return Adam("averages not corrected", new AdamOptions(0.1), OptimizerFault.NoBiasCorrection, Cause.BiasCorrection);
        yield return Adam("ε inside of the root", new AdamOptions(0.1), OptimizerFault.EpsilonInsideRoot, Cause.Epsilon);
        yield return Adam("ε before the correction", new AdamOptions(0.1), OptimizerFault.EpsilonUncorrected, Cause.Epsilon);
        yield return Adam("maximum forgotten", new AdamOptions(0.1, amsgrad: true), OptimizerFault.AmsgradWithoutMemory, Cause.Unknown);
        yield return Of(Steps, "rate halved", module => new SGD(module.parameters(), 0.05), module => new SGD(module.parameters(), 0.1), Cause.StepSize);
        yield return Of(Steps, "climbs", module => new SGD(module.parameters(), 0.1, maximize: true), module => new SGD(module.parameters(), 0.1), Cause.StepSize);
        yield return Of(Steps, "momentum forgotten", module => new SGD(module.parameters(), 0.1), module => new SGD(module.parameters(), 0.1, 0.9), Cause.StateNotKept, Cause.MomentumRule);
    }

    /// <summary>The groups of weights and of the rest with each other's settings.</summary>
    private static IEnumerable<(IEnumerable<Parameter> parameters, SgdOptions options)> Exchanged(nn.Module module) =>
        ParameterGroups.WithoutDecayForBiasesAndNorms(module, s_plain).Select(group => (group.parameters, group.options with { weight_decay = s_plain.weight_decay - group.options.weight_decay }));

    private static OptimizerParityFault Sgd(string name, SgdOptions options, OptimizerFault fault, params Cause[] expected) => Of(
        options.weight_decay == 0 ? Steps : Decay, name, module => new PlantedSgd([(module.parameters(), options)], fault), module => new SGD([(module.parameters(), options)]), expected);

    private static OptimizerParityFault Adam(string name, AdamOptions options, OptimizerFault fault, params Cause[] expected) => options is AdamWOptions decoupled
        ? Of(Decay, name, module => new PlantedAdam<AdamWOptions>([(module.parameters(), decoupled)], fault), module => new AdamW([(module.parameters(), decoupled)]), expected)
        : Of(options.weight_decay == 0 ? Steps : Decay, name, module => new PlantedAdam<AdamOptions>([(module.parameters(), options)], fault), module => new Adam([(module.parameters(), options)]), expected);

    private static OptimizerParityFault Of(string family, string name, Func<nn.Module, ParityOptimizer> candidate, Func<nn.Module, ParityOptimizer> reference, params Cause[] expected) =>
        new(name, family, candidate, reference, expected);
}
