using TorchSharp;
using TorchSharp.Modules;

namespace Standins.Tests.Optim;

public class OptimizerTests
{
    [Fact]
    public void Decay_of_the_gradient_moves_a_parameter_whose_gradient_is_zero()
    {
        using var p = WithGradient(1, 0);
        using var optimizer = torch.optim.SGD([p], 0.1, weight_decay: 0.1);
        optimizer.step();
        Assert.Equal(0.99, p.item<double>(), 1e-15);
    }

    [Fact]
    public void A_parameter_without_gradient_is_left_alone()
    {
        using var p = new Parameter(torch.tensor(1.0));
        using var optimizer = torch.optim.AdamW([p], 0.1, weight_decay: 0.1);
        optimizer.step();
        Assert.Equal(1.0, p.item<double>());
    }

    [Fact]
    public void A_group_keeps_its_options_and_takes_the_rest_from_the_optimiser()
    {
        using var a = WithGradient(1, 1);
        using var b = WithGradient(1, 1);
        using var optimizer = torch.optim.SGD([new SGD.ParamGroup { Parameters = [a], Options = new SGD.Options { LearningRate = 0.5 } }], 0.1, weight_decay: 0.2);
        optimizer.add_param_group(new SGD.ParamGroup { Parameters = [b] });
        optimizer.step();
        Assert.Equal(1 - 0.5 * 1.2, a.item<double>(), 1e-15);
        Assert.Equal(1 - 0.1 * 1.2, b.item<double>(), 1e-15);
        Assert.Equal([0.5, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(2, optimizer.parameters().Count());
    }

    [Fact]
    public void Named_parameters_are_optimised_like_others()
    {
        using var p = WithGradient(1, 1);
        using var optimizer = torch.optim.Adam([("p", p)], 0.25);
        optimizer.step();
        Assert.Equal(0.75, p.item<double>(), 1e-8);
    }

    [Theory]
    [InlineData("Invalid learning rate: -1", -1, 0, 0, false)]
    [InlineData("Invalid momentum value: -1", 1, -1, 0, false)]
    [InlineData("Invalid weight_decay value: -1", 1, 0, -1, false)]
    [InlineData("Nesterov momentum requires a momentum and zero dampening", 1, 0, 0, true)]
    public void SGD_refuses_numbers_out_of_range(string message, double lr, double momentum, double decay, bool nesterov)
    {
        using var p = new Parameter(torch.tensor(1.0));
        var error = Assert.Throws<ArgumentException>(() => torch.optim.SGD([p], lr, momentum, 0, decay, nesterov));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void State_goes_over_to_another_optimiser()
    {
        using var a = WithGradient(1, 1);
        using var b = WithGradient(1, 1);
        using var first = torch.optim.Adam([a], 0.1);
        using var second = torch.optim.Adam([b], 0.3, 0.5);
        first.step();
        second.load_state_dict(first.state_dict());
        var state = (Adam.State)second.state_dict().State[0];
        Assert.Equal(1, state.step);
        Assert.True(state.ApproximatelyEquals(first.state_dict().State[0]));
        Assert.Equal(0.9, ((Adam.Options)second.state_dict().Options[0]).beta1);
        Assert.Equal(0.1, second.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void State_survives_a_file()
    {
        using var a = WithGradient(1, 1);
        using var b = WithGradient(1, 1);
        using var first = torch.optim.RMSProp([a], 0.1, momentum: 0.5);
        using var second = torch.optim.RMSProp([b], 0.2, momentum: 0.7);
        first.step();
        var file = Path.GetTempFileName();
        try
        {
            first.save_state_dict(file);
            second.load_state_dict(file);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.True(second.state_dict().State[0].ApproximatelyEquals(first.state_dict().State[0]));
        Assert.Equal(0.5, ((RMSProp.Options)second.state_dict().Options[0]).momentum);
    }

    [Fact]
    public void State_of_another_optimiser_is_refused()
    {
        using var a = WithGradient(1, 1);
        using var adam = torch.optim.Adam([a], 0.1);
        using var sgd = torch.optim.SGD([a], 0.1);
        using var memory = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(memory));
        memory.Position = 0;
        Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(memory)));
    }

    [Fact]
    public void A_step_leaves_no_tensors_behind()
    {
        using var p = WithGradient(1, 1);
        using var optimizer = torch.optim.Adam([p], 0.1, weight_decay: 0.1, amsgrad: true);
        optimizer.step();
        using var scope = torch.NewDisposeScope();
        for (var i = 0; i < 3; i++) optimizer.step();
        Assert.Equal(0, scope.DisposablesCount);
    }

    private static Parameter WithGradient(double value, double gradient)
    {
        var parameter = new Parameter(torch.tensor(value));
        (parameter * gradient).backward();
        return parameter;
    }
}
