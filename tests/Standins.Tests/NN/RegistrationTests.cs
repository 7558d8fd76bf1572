using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class RegistrationTests
{
    private class Inner : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter _scale = new(torch.ones(2));
        [ComponentName(Name = "shift")] private readonly Parameter _hidden = new(torch.zeros(2));
        public readonly Tensor Table = torch.zeros(3);

        public Inner()
            : base(nameof(Inner))
        {
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input * _scale + _hidden;
    }

    private sealed class Outer : Inner
    {
        private readonly Linear _first = nn.Linear(2, 3);
        private readonly Parameter _own = new(torch.ones(1));
        private readonly Linear? _absent = null;

        public Outer()
        {
            register_module("late", nn.Linear(3, 1, hasBias: false));
        }

        public override Tensor forward(Tensor input) => _first.forward(input) * _own * (_absent is null ? 1 : 2);
    }

    private sealed class Bare() : nn.Module<Tensor, Tensor>("Bare")
    {
        public override Tensor forward(Tensor input) => input;

        public void Register() => RegisterComponents();
    }

    [Fact]
    public void Private_fields_and_named_components_are_registered()
    {
        using var module = new Inner();
        Assert.Equal(["_scale", "shift"], module.named_parameters().Select(item => item.name));
        Assert.Equal(["Table"], module.named_buffers().Select(item => item.name));
    }

    [Fact]
    public void A_derived_class_s_fields_come_before_its_base_s()
    {
        using var module = new Outer();
        Assert.Equal(["_own", "_scale", "shift", "_first.weight", "_first.bias", "late.weight"], module.named_parameters().Select(item => item.name));
        Assert.Equal(["_first", "late"], module.named_children().Select(item => item.name));
    }

    [Fact]
    public void A_name_can_be_registered_once()
    {
        using var module = new Bare();
        module.register_buffer("b", torch.ones(1));
        module.register_parameter("p", new Parameter(torch.ones(1)));
        Assert.Throws<InvalidOperationException>(() => module.register_buffer("b", torch.ones(1)));
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("p", new Parameter(torch.ones(1))));
        Assert.Throws<ArgumentNullException>(() => module.register_parameter("q", null!));
        Assert.Throws<ArgumentNullException>(() => module.register_buffer("c", null!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    public void A_module_s_name_is_a_part_of_a_path(string name)
    {
        using var module = new Bare();
        Assert.Throws<ArgumentException>(() => module.register_module(name, nn.ReLU()));
    }

    [Fact]
    public void Null_takes_a_module_away()
    {
        using var module = new Bare();
        module.register_module("a", nn.ReLU());
        module.register_module("a", null!);
        Assert.Empty(module.children());
    }

    [Fact]
    public void Paths_lead_to_parameters_and_buffers_of_modules()
    {
        using var module = new Bare();
        module.register_module("norm", nn.BatchNorm1d(3));
        Assert.True(module.has_parameter("norm.weight"));
        Assert.False(module.has_parameter("norm.running_mean"));
        Assert.True(module.has_buffer("norm.running_mean"));
        Assert.Equal([3L], module.get_parameter("norm.bias")!.shape);
        Assert.Null(module.get_parameter("norm.none"));
        Assert.Null(module.get_buffer("none.running_mean"));
    }

    [Fact]
    public void Modules_are_listed_breadth_first_without_the_module_itself()
    {
        using var module = nn.Sequential(("a", nn.Sequential(("b", nn.ReLU()))), ("c", nn.Tanh()));
        Assert.Equal(["a", "c", "a.b"], module.named_modules().Select(item => item.name));
        Assert.Equal(3, module.modules().Count());
        Assert.Equal(2, module.children().Count());
    }

    [Fact]
    public void A_parameter_that_two_modules_share_is_listed_once_and_saved_under_both_names()
    {
        var linear = nn.Linear(2, 2, hasBias: false);
        using var module = new Bare();
        module.register_module("a", linear);
        module.register_module("b", linear);
        Assert.Equal(["a.weight"], module.named_parameters().Select(item => item.name));
        Assert.Equal(["a.weight", "b.weight"], module.state_dict().Keys);
    }

    [Fact]
    public void A_parameterless_module_refuses_tensors()
    {
        using var relu = nn.ReLU();
        Assert.Throws<InvalidOperationException>(() => relu.register_parameter("p", new Parameter(torch.ones(1))));
        Assert.Throws<InvalidOperationException>(() => relu.register_buffer("b", torch.ones(1)));
        Assert.Throws<InvalidOperationException>(() => relu.register_module("m", nn.Linear(1, 1)));
        relu.register_module("tanh", nn.Tanh());
        Assert.Single(relu.children());
    }

    [Fact]
    public void Lists_and_dictionaries_name_their_members()
    {
        using var module = new Bare();
        module.register_module("list", nn.ModuleList(nn.Linear(1, 1, false), nn.Linear(1, 1, false)));
        module.register_module("dict", nn.ModuleDict(("x", nn.Linear(1, 1, false)), ("y", nn.ReLU())));
        module.register_module("parameters", nn.ParameterList(new Parameter(torch.ones(1)), new Parameter(torch.ones(2))));
        module.register_module("named", nn.ParameterDict(("k", new Parameter(torch.ones(1)))));
        Assert.Equal(["list.0.weight", "list.1.weight", "dict.x.weight", "parameters.0", "parameters.1", "named.k"],
            module.named_parameters().Select(item => item.name));
    }

    [Fact]
    public void A_parameter_takes_the_tensor_over()
    {
        var data = torch.ones(2);
        using var parameter = new Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
        using var fixedOne = nn.Parameter(torch.ones(2), requires_grad: false);
        Assert.False(fixedOne.requires_grad);
    }

    [Fact]
    public void A_parameter_lives_in_the_scope_of_its_tensor()
    {
        Parameter inside;
        using (NewDisposeScope()) inside = new Parameter(torch.ones(2));
        Assert.True(inside.IsInvalid);
    }

    [Fact]
    public void A_layer_s_own_parameters_outlive_the_scope_it_was_made_in()
    {
        Linear layer;
        using (NewDisposeScope()) layer = nn.Linear(2, 2);
        Assert.False(layer.weight.IsInvalid);
        layer.Dispose();
    }

    [Fact]
    public void Disposing_a_module_disposes_what_it_has()
    {
        var module = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2));
        Tensor[] tensors = [.. module.parameters(), .. module.buffers()];
        Assert.Equal(7, tensors.Length);
        module.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
        module.Dispose();
    }

    [Fact]
    public void A_module_without_components_registers_none()
    {
        using var module = new Bare();
        module.Register();
        Assert.Empty(module.state_dict());
        Assert.Equal("Bare", module.GetName());
    }
}
