using TorchRef.Optimization;
using TorchRef.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>SGD step by step, against numbers worked out by hand.</summary>
public sealed class SgdTests
{
    // θ = 1 at first, g = 2 then 1, η = 0.1. The velocity is v = g at first, then μv + (1 − τ)g.
    public static TheoryData<SgdOptions, double, double> TwoSteps => new()
    {
        { new(0.1), 0.8, 0.7 },
        { new(0.1, weight_decay: 0.1), 0.79, 0.6821 },          // g + λθ: 2.1, then 1.079
        { new(0.1, momentum: 0.9), 0.8, 0.52 },                 // v: 2, then 2.8
        { new(0.1, momentum: 0.9, dampening: 0.5), 0.8, 0.57 }, // v: 2 undamped, then 2.3
        { new(0.1, momentum: 0.9, nesterov: true), 0.62, 0.268 }, // g + μv: 3.8, then 1 + 2.52
        { new(0.1, momentum: 0.5, weight_decay: 0.1), 0.79, 0.5771 }, // v: 2.1, then 1.05 + 1.079
        { new(0.1, maximize: true), 1.2, 1.3 },
        { new(0.1, momentum: 0.9, maximize: true), 1.2, 1.48 },
        { new(0.1, weight_decay: 0.1, maximize: true), 1.19, 1.2781 }, // −g + λθ: −1.9, then −0.881
        { new(0, momentum: 0.9, weight_decay: 0.1), 1, 1 },
    };

    [Theory]
    [MemberData(nameof(TwoSteps))]
    public void Two_steps_end_where_they_do_by_hand(SgdOptions options, double first, double second)
    {
        using var scope = NewDisposeScope();
        var parameter = Number(1);
        using var optimizer = new SGD([([parameter], options)]);

        Step(optimizer, parameter, 2);
        Expect.Numbers([first], parameter);
        Step(optimizer, parameter, 1);
        Expect.Numbers([second], parameter);
    }

    [Fact]
    public void Climbing_with_decay_shrinks_the_parameter_as_in_PyTorch()
    {
        using var scope = NewDisposeScope();
        var (climbing, resting) = (Number(1), Number(1));
        using var optimizer = new SGD([climbing, resting], lr: 0.1, weight_decay: 0.1, maximize: true);

        climbing.grad = tensor(2.0);
        resting.grad = tensor(0.0);
        optimizer.step();

        Expect.Numbers([1.19], climbing);
        Expect.Numbers([0.99], resting);
    }

    [Fact]
    public void A_parameter_without_gradient_is_left_alone_and_starts_its_velocity_later()
    {
        using var scope = NewDisposeScope();
        var (moved, still) = (Number(1), Number(1));
        using var optimizer = new SGD([moved, still], lr: 0.1, momentum: 0.9, weight_decay: 0.1);

        moved.grad = tensor(1.0);
        optimizer.step();

        Expect.Numbers([0.89], moved);
        Expect.Numbers([1], still);
        Assert.Null(optimizer.MomentumBuffer(still));

        still.grad = tensor(1.0);
        optimizer.step();
        Expect.Numbers([0.89], still);
        Expect.Numbers([1.1], optimizer.MomentumBuffer(still));
    }

    [Fact]
    public void Zero_grad_takes_gradients_away_so_that_nothing_decays()
    {
        using var scope = NewDisposeScope();
        var parameter = Number(1);
        using var optimizer = new SGD([parameter], lr: 0.1, momentum: 0.9, weight_decay: 0.1);
        Step(optimizer, parameter, 0);
        Expect.Numbers([0.99], parameter);

        optimizer.zero_grad();
        optimizer.step();

        Assert.Null(parameter.grad);
        Expect.Numbers([0.99], parameter);
    }

    [Fact]
    public void The_velocity_can_be_seen_and_is_its_own()
    {
        using var scope = NewDisposeScope();
        var parameter = Number(1);
        using var optimizer = new SGD([parameter], lr: 0.1, momentum: 0.5);
        Assert.Null(optimizer.MomentumBuffer(parameter));

        var gradient = tensor(2.0);
        parameter.grad = gradient;
        optimizer.step();
        gradient.fill_(100);

        Expect.Numbers([2], optimizer.MomentumBuffer(parameter));
        Step(optimizer, parameter, 1);
        Expect.Numbers([2], optimizer.MomentumBuffer(parameter)); // 0.5·2 + 1
        Expect.Numbers([1 - 0.2 - 0.2], parameter);
    }

    [Fact]
    public void Without_momentum_there_is_no_velocity()
    {
        using var scope = NewDisposeScope();
        var parameter = Number(1);
        using var optimizer = new SGD([parameter], lr: 0.1);

        Step(optimizer, parameter, 2);

        Assert.Null(optimizer.MomentumBuffer(parameter));
    }

    [Fact]
    public void Groups_have_settings_of_their_own()
    {
        using var scope = NewDisposeScope();
        var (weight, bias, still) = (Number(1), Number(1), Number(1));
        using var optimizer = new SGD([([weight], new SgdOptions(0.1, weight_decay: 0.1)), ([bias], new SgdOptions(0.5)), ([still], new SgdOptions(0))]);

        foreach (var parameter in new[] { weight, bias, still }) parameter.grad = tensor(1.0);
        optimizer.step();

        Expect.Numbers([0.89], weight);
        Expect.Numbers([0.5], bias);
        Expect.Numbers([1], still);
    }

    [Fact]
    public void The_gradient_itself_is_left_alone() => Law.Holds(sample =>
    {
        var parameter = new Parameter(sample.Normal(sample.AnyShape(), float64));
        using var optimizer = new SGD([parameter], lr: 0.1, momentum: 0.9, weight_decay: 0.1, maximize: sample.Pick(true, false));
        var gradient = sample.Normal(parameter.shape, float64);
        var before = gradient.clone();
        parameter.grad = gradient;

        optimizer.step();
        optimizer.step();

        Expect.Same(parameter.grad, before);
    }, samples: 5);

    [Fact]
    public void It_equals_torch_optim_where_that_equals_PyTorch() => Law.Holds(sample =>
    {
        var nesterov = sample.Pick(true, false);
        var momentum = nesterov ? sample.Uniform(0.1, 1) : sample.Pick(0, sample.Uniform(0, 1));
        var dampening = nesterov ? 0 : sample.Pick(0, sample.Uniform(0, 1));
        var maximize = sample.Pick(true, false);
        var decay = maximize ? 0 : sample.Pick(0, sample.Uniform(0, 1));
        var values = sample.Normal(sample.AnyShape(), float64);
        var (mine, theirs) = (new Parameter(values.clone()), new Parameter(values.clone()));
        using var own = new SGD([mine], 0.1, momentum, dampening, decay, nesterov, maximize);
        using var torch = optim.SGD([theirs], 0.1, momentum, dampening, decay, nesterov, maximize);

        for (var step = 0; step < 5; step++)
        {
            var gradient = sample.Normal(values.shape, float64);
            mine.grad = gradient.clone();
            theirs.grad = gradient.clone();
            own.step();
            torch.step();
            Expect.Close(mine.detach(), theirs.detach(), 1e-14);
        }
    });

    [Fact]
    public void A_step_belongs_to_no_graph_and_leaves_the_parameter_trainable()
    {
        using var scope = NewDisposeScope();
        var parameter = Number(1);
        using var optimizer = new SGD([parameter], lr: 0.1, momentum: 0.9);

        for (var step = 0; step < 3; step++)
        {
            optimizer.zero_grad();
            (parameter * parameter).backward();
            optimizer.step();
        }

        Assert.True(parameter.requires_grad && parameter.is_leaf);
        Assert.False(optimizer.MomentumBuffer(parameter)!.requires_grad);
        Expect.Numbers([0.8 - 0.1 * (0.9 * 2 + 1.6) - 0.1 * (0.9 * (0.9 * 2 + 1.6) + 2 * (0.8 - 0.34))], parameter, 14);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind_but_the_velocities_which_disposal_releases()
    {
        using var parameter = new Parameter(ones([4, 4]));
        var before = Tensor.TotalCount;
        var optimizer = new SGD([parameter], lr: 0.1, momentum: 0.9, weight_decay: 0.1);

        for (var step = 0; step < 200; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            parameter.square().sum().backward();
            optimizer.step();
        }

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 1);
        Assert.False(optimizer.MomentumBuffer(parameter)!.IsInvalid);
        optimizer.Dispose();
        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }

    public static TheoryData<SgdOptions, string> Refused => new()
    {
        { new(-1), "Invalid learning rate: -1" },
        { new(-0.5), "Invalid learning rate: -0.5" },
        { new(0.1, momentum: -1), "Invalid momentum value: -1" },
        { new(0.1, weight_decay: -1), "Invalid weight_decay value: -1" },
        { new(0.1, nesterov: true), "Nesterov momentum requires a momentum and zero dampening" },
        { new(0.1, momentum: 0.9, dampening: 0.1, nesterov: true), "Nesterov momentum requires a momentum and zero dampening" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Settings_out_of_range_are_refused(SgdOptions options, string message)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new SGD([([Number(1)], options)])).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new SGD([Number(1)], options.lr, options.momentum, options.dampening, options.weight_decay, options.nesterov, options.maximize)).Message);
    }

    [Fact]
    public void No_parameters_are_refused()
    {
        Assert.Equal("optimizer got an empty parameter list", Assert.Throws<ArgumentException>(() => new SGD(Array.Empty<Parameter>(), 0.1)).Message);
    }

    [Fact]
    public void A_parameter_in_two_groups_is_refused()
    {
        using var scope = NewDisposeScope();
        var parameter = Number(1);

        var refusal = Assert.Throws<ArgumentException>(() => new SGD([([parameter], new SgdOptions(0.1)), ([Number(2), parameter], new SgdOptions(0.2))]));

        Assert.Equal("some parameters appear in more than one parameter group", refusal.Message);
    }

    private static Parameter Number(double value) => new(tensor(value, ScalarType.Float64));

    private static void Step(SGD optimizer, Parameter parameter, double gradient)
    {
        parameter.grad = tensor(gradient, ScalarType.Float64);
        optimizer.step();
    }
}
