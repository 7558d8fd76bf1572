using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class ModuleTests
{
    private static Sequential Network() => nn.Sequential(("fc", nn.Linear(3, 4)), ("norm", nn.BatchNorm1d(4)), ("act", nn.ReLU()), ("drop", nn.Dropout(0.5)));

    private sealed class Counter : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter _weight = new(torch.ones(2));
        private Tensor _count = torch.zeros(1, int64);

        public Counter()
            : base(nameof(Counter))
        {
            register_buffer("scratch", torch.ones(1), persistent: false);
            RegisterComponents();
        }

        public Parameter Weight => _weight;

        public Tensor Count => _count;

        public override Tensor forward(Tensor input)
        {
            _count.add_(1);
            return input * _weight;
        }
    }

    [Fact]
    public void Training_and_evaluation_reach_all_modules()
    {
        using var network = nn.Sequential(Network(), nn.Dropout(0.1));
        Assert.All(network.modules(), module => Assert.True(module.training));
        network.eval();
        Assert.False(network.training);
        Assert.All(network.modules(), module => Assert.False(module.training));
        network.train();
        Assert.All(network.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void The_state_dict_has_parameters_first_then_buffers()
    {
        using var network = Network();
        Assert.Equal(
            ["fc.weight", "fc.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked"],
            network.state_dict().Keys);
    }

    [Fact]
    public void The_state_dict_takes_a_prefix_and_a_dictionary_to_fill()
    {
        using var layer = nn.Linear(2, 1);
        using var extra = torch.ones(1);
        var into = new Dictionary<string, Tensor> { ["extra"] = extra };
        Assert.Same(into, layer.state_dict(into, "a.b"));
        Assert.Equal(["extra", "a.b.weight", "a.b.bias"], into.Keys);
    }

    [Fact]
    public void Buffers_that_do_not_persist_are_not_in_the_state_dict()
    {
        using var module = new Counter();
        Assert.Equal(["_weight", "_count"], module.state_dict().Keys);
    }

    [Fact]
    public void Loading_a_state_dict_copies_the_values()
    {
        using var source = Network();
        using var target = Network();
        using var input = torch.randn(5, 3);
        source.call(input).Dispose();
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        source.eval();
        target.eval();
        Assert.True(source.call(input).Equals(target.call(input)));
        Assert.Equal(1, target.get_buffer("norm.num_batches_tracked")!.item<long>());
    }

    [Fact]
    public void A_strict_load_refuses_keys_that_differ_and_a_lax_one_reports_them()
    {
        using var target = nn.Linear(2, 2);
        var source = new Dictionary<string, Tensor> { ["weight"] = torch.ones(2, 2), ["other"] = torch.ones(1) };
        Assert.Throws<InvalidOperationException>(() => target.load_state_dict(source));
        var (missing, unexpected) = target.load_state_dict(source, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["other"], unexpected);
        Assert.Equal(4, target.weight.sum().item<float>());
    }

    [Fact]
    public void Skipped_keys_stay_as_they_are()
    {
        using var target = nn.Linear(2, 2);
        using var before = target.weight.clone();
        var source = new Dictionary<string, Tensor> { ["weight"] = torch.ones(2, 2) };
        target.load_state_dict(source, skip: ["weight", "bias"]);
        Assert.True(before.Equals(target.weight));
    }

    [Fact]
    public void A_saved_module_is_read_back()
    {
        using var source = Network();
        using var target = Network();
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true)) source.save(writer);
        memory.Position = 0;
        var loaded = new Dictionary<string, bool>();
        target.load(memory, loadedParameters: loaded);
        Assert.Equal(source.state_dict().Keys, loaded.Keys);
        Assert.All(source.state_dict(), item => Assert.True(item.Value.Equals(target.state_dict()[item.Key]), item.Key));
    }

    [Fact]
    public void The_file_holds_a_count_then_names_types_shapes_and_elements()
    {
        using var layer = nn.Linear(nn.Parameter(torch.tensor(new float[,] { { 1, 2 } })));
        using var memory = new MemoryStream();
        layer.save(memory);
        byte[] expected = [1, 6, .. "weight"u8, 6, 2, 1, 2, .. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f)];
        Assert.Equal(expected, memory.ToArray());
    }

    [Fact]
    public void A_file_with_other_entries_is_refused()
    {
        using var source = nn.Linear(2, 2, hasBias: false);
        using var target = nn.Linear(2, 2);
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true)) source.save(writer);
        memory.Position = 0;
        Assert.Throws<ArgumentException>(() => target.load(memory));
    }

    [Fact]
    public void Gradients_are_taken_away()
    {
        using var layer = nn.Linear(2, 1);
        layer.call(torch.ones(1, 2)).sum().backward();
        Assert.NotNull(layer.weight.grad);
        layer.zero_grad(set_to_none: false);
        Assert.Equal(0, layer.weight.grad!.abs().sum().item<float>());
        layer.zero_grad();
        Assert.Null(layer.weight.grad);
        Assert.Null(layer.bias!.grad);
    }

    [Fact]
    public void Apply_visits_the_innermost_modules_first()
    {
        using var network = nn.Sequential(nn.Sequential(nn.Linear(1, 1)), nn.ReLU());
        var seen = new List<string>();
        network.apply(module => seen.Add(module.GetType().Name));
        Assert.Equal(["Linear", "Sequential", "ReLU", "Sequential"], seen);
    }

    [Fact]
    public void Another_type_replaces_parameters_fields_and_gradients_but_not_counts()
    {
        using var module = new Counter();
        module.call(torch.ones(2)).sum().backward();
        Assert.Same(module, module.to(float64));
        Assert.Equal(float64, module.Weight.dtype);
        Assert.Equal(float64, module.Weight.grad!.dtype);
        Assert.True(module.Weight.requires_grad);
        Assert.Same(module.Weight, module.get_parameter("_weight"));
        Assert.Equal(int64, module.Count.dtype);
        Assert.Equal([2.0, 2.0], module.call(torch.full(2, 2, dtype: float64)).data<double>().ToArray());
    }

    [Fact]
    public void Another_type_reaches_layers_within_a_chain()
    {
        using var network = Network();
        network.@double();
        Assert.All(network.parameters(), parameter => Assert.Equal(float64, parameter.dtype));
        Assert.Equal(float64, ((BatchNorm1d)network[1]).running_mean!.dtype);
        Assert.Equal(float64, network.call(torch.ones(2, 3, dtype: float64)).dtype);
        Assert.ThrowsAny<Exception>(() => network.to(int64));
    }

    [Fact]
    public void Hooks_change_inputs_and_results_until_they_are_removed()
    {
        using var layer = nn.Identity();
        var order = new List<string>();
        var before = layer.register_forward_pre_hook((_, input) => input + 1);
        var after = layer.register_forward_hook((_, _, result) => result * 10);
        layer.register_forward_pre_hook(_ => order.Add("before"));
        layer.register_forward_hook(_ => order.Add("after"));
        using var input = torch.ones(1);
        Assert.Equal(20, layer.call(input).item<float>());
        Assert.Equal(["before", "after"], order);
        before.remove();
        Assert.Equal(10, layer.call(input).item<float>());
        after.remove();
        Assert.Equal(1, layer.call(input).item<float>());
        Assert.Equal(1, layer.forward(input).item<float>());
    }
}
