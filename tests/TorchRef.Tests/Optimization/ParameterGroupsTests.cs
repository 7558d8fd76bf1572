using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>Who decays and who doesn't.</summary>
public sealed class ParameterGroupsTests
{
    [Fact]
    public void Weights_decay_and_biases_scales_and_shifts_do_not()
    {
        using var module = Sequential(
            ("conv", Conv2d(2, 3, 3)), ("norm", new TorchRef.Normalization.BatchNorm2d(3)), ("theirs", BatchNorm2d(3)), ("groups", GroupNorm(1, 3)),
            ("matrix", LayerNorm([4, 4])), ("instance", InstanceNorm2d(3, affine: true)), ("flat", Flatten()), ("inner", Sequential(("linear", Linear(48, 2)))));

        var groups = ParameterGroups.WithoutDecayForBiasesAndNorms(module, new SgdOptions(0.1, momentum: 0.9, weight_decay: 0.2));

        Assert.Equal(["conv.weight", "inner.linear.weight"], NamesOf(module, groups[0].parameters));
        Assert.Equal(module.named_parameters().Select(pair => pair.name).Except(["conv.weight", "inner.linear.weight"]), NamesOf(module, groups[1].parameters));
        Assert.Equal(new SgdOptions(0.1, momentum: 0.9, weight_decay: 0.2), groups[0].options);
        Assert.Equal(new SgdOptions(0.1, momentum: 0.9, weight_decay: 0), groups[1].options);
        Assert.Equal(NamesOf(module, groups[0].parameters), NamesOf(module, ParameterGroups.Weights(module)));
    }

    [Fact]
    public void Other_options_stay_of_their_kind()
    {
        using var module = Linear(2, 2);

        var groups = ParameterGroups.WithoutDecayForBiasesAndNorms(module, new AdamWOptions(0.1, amsgrad: true));

        Assert.Equal([new AdamWOptions(0.1, amsgrad: true), new AdamWOptions(0.1, weight_decay: 0, amsgrad: true)], groups.Select(group => group.options));
    }

    [Fact]
    public void A_module_of_one_kind_of_parameter_makes_one_group()
    {
        using var weights = Linear(2, 2, hasBias: false);
        using var norm = new TorchRef.Normalization.BatchNorm1d(2);

        Assert.Equal(0.1, Assert.Single(ParameterGroups.WithoutDecayForBiasesAndNorms(weights, new SgdOptions(0.1, weight_decay: 0.1))).options.weight_decay);
        Assert.Equal(0, Assert.Single(ParameterGroups.WithoutDecayForBiasesAndNorms(norm, new SgdOptions(0.1, weight_decay: 0.1))).options.weight_decay);
    }

    [Fact]
    public void A_matrix_that_is_called_a_bias_or_belongs_to_someones_norm_does_not_decay()
    {
        using var module = new Own();

        Assert.Equal(["weight", "biased"], NamesOf(module, ParameterGroups.Weights(module)));
    }

    [Fact]
    public void A_gradient_of_zero_moves_the_weight_alone()
    {
        using var scope = NewDisposeScope();
        using var module = Sequential(("linear", Linear(2, 2)), ("norm", new TorchRef.Normalization.BatchNorm1d(2)));
        var before = module.named_parameters().ToDictionary(pair => pair.name, pair => Kinds.Numbers(pair.parameter));
        using var optimizer = new SGD(ParameterGroups.WithoutDecayForBiasesAndNorms(module, new SgdOptions(0.1, weight_decay: 0.1)));
        foreach (var parameter in module.parameters()) parameter.grad = zeros_like(parameter);

        optimizer.step();

        Assert.Equal(["linear.weight"], module.named_parameters().Where(pair => !before[pair.name].SequenceEqual(Kinds.Numbers(pair.parameter))).Select(pair => pair.name));
    }

    private static IEnumerable<string> NamesOf(Module module, IEnumerable<Parameter> parameters) =>
        parameters.Select(parameter => module.named_parameters().First(pair => ReferenceEquals(pair.parameter, parameter)).name);

    private sealed class Own : Module
    {
        private readonly Parameter weight = new(zeros([2, 2]));
        private readonly Parameter biased = new(zeros([2, 2]));
        private readonly Parameter bias = new(zeros([2, 2]));
        private readonly Parameter bias_hh = new(zeros([2, 2]));
        private readonly Parameter in_bias = new(zeros([2, 2]));
        private readonly Module norm = new HomemadeNorm2d();

        public Own()
            : base(nameof(Own)) => RegisterComponents();
    }

    private sealed class HomemadeNorm2d : Module
    {
        private readonly Parameter scale = new(ones([2, 2]));

        public HomemadeNorm2d()
            : base(nameof(HomemadeNorm2d)) => RegisterComponents();
    }
}
