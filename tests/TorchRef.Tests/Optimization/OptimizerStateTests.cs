using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = TorchRef.Optimization.Adam;
using AdamW = TorchRef.Optimization.AdamW;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>state_dict and load_state_dict.</summary>
public sealed class OptimizerStateTests
{
    public static TheoryData<string> Names => Kinds.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_that_is_loaded_goes_on_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        var first = Kinds.Pair();
        using var optimizer = Kinds.Make[name](first, 0.1, false);
        Walk(optimizer, first, 0, 3);
        var second = first.Select(parameter => new Parameter(parameter.detach().clone())).ToArray();
        using var resumed = Kinds.Make[name](second, 0.3, true);
        using (var state = optimizer.state_dict()) resumed.load_state_dict(state);

        Walk(optimizer, first, 3, 6);
        Walk(resumed, second, 3, 6);

        foreach (var (one, other) in first.Zip(second)) Assert.Equal(Kinds.Numbers(one), Kinds.Numbers(other));
        Assert.Equal(optimizer.ParamGroups[0].Options.ToDictionary(), resumed.ParamGroups[0].Options.ToDictionary());
    }

    [Theory]
    [InlineData("SGD", "momentum_buffer")]
    [InlineData("SGD, decoupled", "")]
    [InlineData("Momentum", "velocity")]
    [InlineData("Nesterov", "velocity")]
    [InlineData("AdaGrad", "step, sum")]
    [InlineData("RMSprop", "step, square_avg, grad_avg, momentum_buffer")]
    [InlineData("Adam", "step, exp_avg, exp_avg_sq, max_exp_avg_sq")]
    [InlineData("AdamW", "step, exp_avg, exp_avg_sq, max_exp_avg_sq")]
    public void The_state_has_PyTorchs_names(string name, string names)
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = Kinds.Make[name](parameters, 0, false);
        Walk(optimizer, parameters, 0, 2);

        using var state = optimizer.state_dict();

        Assert.Equal([0, 1], Assert.Single(state.ParamGroups).Params);
        if (names.Length == 0) Assert.Empty(state.State);
        else Assert.All(state.State.Values, tensors => Assert.Equal(names, string.Join(", ", tensors.Keys)));
        foreach (var tensors in state.State.Values.Where(tensors => tensors.ContainsKey("step")))
        {
            Assert.Equal(ScalarType.Float32, tensors["step"].dtype);
            Assert.Equal(2, tensors["step"].item<float>());
        }
    }

    [Fact]
    public void Parameters_are_numbered_across_groups_and_options_go_by_PyTorchs_names()
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = new Adam([(parameters[..1], new AdamOptions(0.1, 0.8, 0.9)), (parameters[1..], new AdamOptions(0.2, amsgrad: true))]);
        Walk(optimizer, parameters[1..], 0, 1);

        using var state = optimizer.state_dict();

        Assert.Equal([1], state.State.Keys);
        Assert.Equal([1], state.ParamGroups[1].Params);
        Assert.Equal(
            "lr 0.1, betas (0.8, 0.9), eps 1E-08, weight_decay 0, amsgrad False, maximize False, decoupled_weight_decay False",
            string.Join(", ", state.ParamGroups[0].Options.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}"))));
    }

    [Fact]
    public void A_state_is_a_copy()
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = new Adam(parameters);
        Walk(optimizer, parameters, 0, 1);
        using var state = optimizer.state_dict();
        var before = Kinds.Numbers(state.State[0]["exp_avg"]);
        Walk(optimizer, parameters, 1, 2);
        Assert.Equal(before, Kinds.Numbers(state.State[0]["exp_avg"]));

        optimizer.load_state_dict(state);
        state.Dispose();

        Assert.Equal(before, Kinds.Numbers(optimizer.StateOf(parameters[0])!.Find("exp_avg")!));
        Assert.Equal(1, optimizer.StateOf(parameters[0])!.Steps);
    }

    [Fact]
    public void Memory_takes_the_parameters_type_and_the_count_keeps_its_value()
    {
        using var scope = NewDisposeScope();
        var wide = Kinds.Pair();
        using var optimizer = new Adam(wide);
        Walk(optimizer, wide, 0, 3);
        var narrow = wide.Select(parameter => new Parameter(parameter.detach().to_type(ScalarType.Float32))).ToArray();
        using var other = new Adam(narrow);

        using (var state = optimizer.state_dict()) other.load_state_dict(state);

        var memory = other.StateOf(narrow[0])!;
        Assert.Equal(3, memory.Steps);
        Assert.Equal(ScalarType.Float32, memory.Find("exp_avg")!.dtype);
        Walk(other, narrow, 3, 4);
    }

    [Fact]
    public void Options_of_PyTorchs_engine_are_passed_over_and_numbers_of_any_kind_are_taken()
    {
        using var scope = NewDisposeScope();
        using var optimizer = new AdamW(Kinds.Pair(), eps: 1e-3);
        var options = new Dictionary<string, object> { ["lr"] = 1L, ["betas"] = new object[] { 0.5, 0.75f }, ["foreach"] = "None", ["amsgrad"] = true, ["decoupled_weight_decay"] = false };

        using (var state = new OptimizerStateDict(new Dictionary<int, IReadOnlyDictionary<string, Tensor>>(), [new ParameterGroupDict(options, [0, 1])])) optimizer.load_state_dict(state);

        Assert.Equal(new AdamWOptions(1, 0.5, 0.75, eps: 1e-3, amsgrad: true), optimizer.ParamGroups[0].Options);
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused_and_nothing_changes()
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = new SGD(parameters, 0.1, momentum: 0.9);
        Walk(optimizer, parameters, 0, 1);
        var before = Kinds.Numbers(optimizer.MomentumBuffer(parameters[0])!);
        var none = new Dictionary<string, object>();
        var twelve = new Dictionary<string, Tensor> { ["momentum_buffer"] = zeros(12) };

        Refuses("loaded state dict has a different number of parameter groups", []);
        Refuses("loaded state dict contains a parameter group that doesn't match the size of optimizer's group", [new(none, [0])]);
        Refuses("lr of a parameter group: expected a number but got much", [new(new Dictionary<string, object> { ["lr"] = "much" }, [0, 1])]);
        Refuses("nesterov of a parameter group: expected true or false but got 1", [new(new Dictionary<string, object> { ["nesterov"] = 1.0 }, [0, 1])]);
        Refuses("Invalid learning rate: -1", [new(new Dictionary<string, object> { ["lr"] = -1.0 }, [0, 1])]);
        Refuses("loaded state must be that of a parameter in a group: expected one of 0, 1 but got 7", [new(none, [0, 1])], 7, twelve);
        Refuses("momentum_buffer of the state must fit its parameter: expected shape [3] but got [12]", [new(none, [0, 1])], 0, twelve);
        Refuses("step of the state must fit its parameter: expected shape [] but got [12]", [new(none, [0, 1])], 0, new Dictionary<string, Tensor> { ["step"] = zeros(12) });

        Assert.Equal(before, Kinds.Numbers(optimizer.MomentumBuffer(parameters[0])!));
        Assert.Equal(new SgdOptions(0.1, momentum: 0.9), optimizer.ParamGroups[0].Options);

        void Refuses(string message, IReadOnlyList<ParameterGroupDict> groups, int number = 0, IReadOnlyDictionary<string, Tensor>? tensors = null)
        {
            var state = new Dictionary<int, IReadOnlyDictionary<string, Tensor>>();
            if (tensors is not null) state.Add(number, tensors);
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(new OptimizerStateDict(state, groups))).Message);
        }
    }

    private static void Walk(Optimizer optimizer, IReadOnlyList<Parameter> parameters, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            Kinds.Give(parameters, step);
            optimizer.step();
        }
    }
}
