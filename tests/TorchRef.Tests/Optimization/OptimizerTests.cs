using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = TorchRef.Optimization.Adam;
using AdamW = TorchRef.Optimization.AdamW;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>What all optimisers have in common.</summary>
public sealed class OptimizerTests
{
    public static TheoryData<string> Names => Kinds.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parameter_without_gradient_is_left_alone_whatever_the_decay(string name)
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = Kinds.Make[name](parameters, 0.1, false);
        Kinds.Give(parameters, 0);
        optimizer.step();
        optimizer.zero_grad();
        var before = Kinds.Numbers(parameters[1]);
        Kinds.Give(parameters[..1], 1);

        optimizer.step();

        Assert.Null(parameters[1].grad);
        Assert.Equal(before, Kinds.Numbers(parameters[1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_of_zero_is_not_none_the_parameter_decays(string name)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 1.0, -2.0 }));
        using var optimizer = Kinds.Make[name]([parameter], 0.1, false);
        parameter.grad = zeros([2], float64);

        optimizer.step();

        var numbers = Kinds.Numbers(parameter);
        Assert.True(numbers[0] < 0.9999 && numbers[1] > -1.9999, $"expected both nearer to 0 than 1, -2 but got {numbers[0]}, {numbers[1]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Climbing_is_descending_against_the_gradient(string name)
    {
        using var scope = NewDisposeScope();
        var (up, down) = (Kinds.Pair(), Kinds.Pair());
        using var climbing = Kinds.Make[name](up, 0.1, true);
        using var descending = Kinds.Make[name](down, 0.1, false);
        for (var step = 0; step < 4; step++)
        {
            Kinds.Give(up, step);
            Kinds.Give(down, step, -1);
            climbing.step();
            descending.step();
        }

        foreach (var (one, other) in up.Zip(down)) Assert.Equal(Kinds.Numbers(other), Kinds.Numbers(one));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_leaves_the_gradient_as_it_is_and_the_parameter_a_leaf(string name)
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = Kinds.Make[name](parameters, 0.1, true);
        Kinds.Give(parameters, 0);
        var before = parameters.Select(parameter => Kinds.Numbers(parameter.grad!)).ToArray();

        optimizer.step();

        for (var i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(before[i], Kinds.Numbers(parameters[i].grad!));
            Assert.True(parameters[i].is_leaf && parameters[i].requires_grad);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rate_that_is_changed_holds_from_the_next_step_on(string name)
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = Kinds.Make[name](parameters, 0, false);
        var group = Assert.Single(optimizer.ParamGroups);
        group.Options = group.Options with { lr = 0 };
        var before = Kinds.Numbers(parameters[0]);
        Kinds.Give(parameters, 0);
        optimizer.step();
        Assert.Equal(before, Kinds.Numbers(parameters[0]));

        group.Options = group.Options with { lr = 0.1 };
        optimizer.step();
        Assert.NotEqual(before, Kinds.Numbers(parameters[0]));
    }

    [Fact]
    public void Options_of_another_optimiser_or_out_of_range_are_refused()
    {
        using var scope = NewDisposeScope();
        using var optimizer = new AdamW(Kinds.Pair());
        var group = optimizer.ParamGroups[0];

        Assert.Equal("the options of a parameter group must be its optimiser's: expected AdamWOptions but got AdamOptions", Assert.Throws<ArgumentException>(() => group.Options = new AdamOptions()).Message);
        Assert.Equal("Invalid learning rate: -1", Assert.Throws<ArgumentException>(() => group.Options = group.Options with { lr = -1 }).Message);
        Assert.Equal("the weight decay of AdamW is decoupled: expected decoupled_weight_decay True but got False", Assert.Throws<ArgumentException>(() => group.Options = new AdamWOptions() with { decoupled_weight_decay = false }).Message);
        Assert.Equal(new AdamWOptions(), group.Options);
    }

    [Fact]
    public void Groups_keep_to_their_own_options()
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = new Adam([(parameters[..1], new AdamOptions(0.1)), (parameters[1..], new AdamOptions(0))]);
        var still = Kinds.Numbers(parameters[1]);
        Kinds.Give(parameters, 0);

        optimizer.step();

        Assert.All(Kinds.Numbers(parameters[0]).Zip([1.0, -2.0, 0.5]), pair => Assert.Equal(0.1, Math.Abs(pair.First - pair.Second), 1e-6));
        Assert.Equal(still, Kinds.Numbers(parameters[1]));
    }

    [Fact]
    public void A_group_that_is_added_moves_from_then_on()
    {
        using var scope = NewDisposeScope();
        var parameters = Kinds.Pair();
        using var optimizer = new AdaGrad(parameters[..1]);
        optimizer.add_param_group(parameters[1..], new AdaGradOptions(0.5, initial_accumulator_value: 2));

        Assert.Equal(2, optimizer.ParamGroups.Count);
        Assert.Equal([2.0, 2.0], Kinds.Numbers(optimizer.StateOf(parameters[1])!.Find("sum")!));
        Assert.Equal("some parameters appear in more than one parameter group", Assert.Throws<ArgumentException>(() => optimizer.add_param_group(parameters[..1], new AdaGradOptions())).Message);
        Assert.Equal(2, optimizer.ParamGroups.Count);
    }

    [Fact]
    public void A_closure_runs_with_gradients_on_and_its_loss_is_from_before_the_step()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 3.0 }));
        using var optimizer = new SGD([parameter], 0.1);
        Tensor loss;
        using (no_grad())
            loss = optimizer.step(() =>
            {
                optimizer.zero_grad();
                var square = parameter.square().sum(); // []
                square.backward();
                return square;
            });

        Assert.Equal(9, loss.item<double>());
        Kinds.Near([2.4], parameter, 1e-15);
    }

    [Fact]
    public void Parameters_that_are_complex_are_refused()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros([2], complex64));

        Assert.Equal("an optimiser moves real parameters: expected a floating-point type but got ComplexFloat32", Assert.Throws<ArgumentException>(() => new Adam([parameter])).Message);
    }

    [Fact]
    public void It_is_printed_as_PyTorch_prints_it()
    {
        using var scope = NewDisposeScope();
        using var optimizer = new Adam(Kinds.Pair());

        Assert.Equal(
            "Adam (\nParameter Group 0\n    amsgrad: False\n    betas: (0.9, 0.999)\n    decoupled_weight_decay: False\n    eps: 1e-08\n    lr: 0.001\n    maximize: False\n    weight_decay: 0\n)",
            optimizer.ToString());
    }

    public static TheoryData<GroupOptions, string> Refused => new()
    {
        { new MomentumOptions(-1), "Invalid learning rate: -1" },
        { new MomentumOptions(momentum: -1), "Invalid momentum value: -1" },
        { new NesterovOptions(weight_decay: -0.5), "Invalid weight_decay value: -0.5" },
        { new AdaGradOptions(lr_decay: -1), "Invalid lr_decay value: -1" },
        { new AdaGradOptions(initial_accumulator_value: -1), "Invalid initial_accumulator_value value: -1" },
        { new AdaGradOptions(eps: -1), "Invalid epsilon value: -1" },
        { new RMSpropOptions(alpha: -1), "Invalid alpha value: -1" },
        { new RMSpropOptions(momentum: double.NaN), "Invalid momentum value: nan" },
        { new AdamOptions(beta1: 1), "Invalid beta parameter at index 0: 1.0" },
        { new AdamOptions(beta2: -0.5), "Invalid beta parameter at index 1: -0.5" },
        { new AdamOptions(double.NaN), "Invalid learning rate: nan" },
        { new AdamWOptions(weight_decay: -1), "Invalid weight_decay value: -1" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Options_out_of_range_are_refused_in_PyTorchs_words(GroupOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(options.Check).Message);
}
