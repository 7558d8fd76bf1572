using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class SequentialTests
{
    private sealed class Chain(params nn.Module[] modules) : Sequential<Tensor, Tensor>(modules)
    {
        public override Tensor forward(Tensor input)
        {
            for (var i = 0; i < Count; i++) input = ((nn.Module<Tensor, Tensor>)this[i]).call(input);
            return input;
        }
    }

    [Fact]
    public void Modules_run_one_after_another()
    {
        var first = nn.Linear(2, 3);
        var second = nn.Linear(3, 1);
        using var chain = nn.Sequential(first, nn.Tanh(), second);
        using var input = torch.randn(4, 2);
        using var expected = second.forward(first.forward(input).tanh());
        Assert.True(expected.Equals(chain.call(input)));
        Assert.Equal(3, chain.Count);
        Assert.Same(first, chain[0]);
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void An_empty_chain_gives_its_input_in_another_object()
    {
        using var chain = nn.Sequential();
        using var input = torch.ones(2);
        using var output = chain.call(input);
        Assert.NotSame(input, output);
        Assert.True(input.Equals(output));
    }

    [Fact]
    public void Appended_modules_are_numbered_and_slices_keep_the_names()
    {
        using var chain = nn.Sequential(("a", nn.ReLU()));
        chain.append(nn.Linear(1, 1)).append("last", nn.Tanh());
        Assert.Equal(["a", "1", "last"], chain.named_children().Select(item => item.name));
        Assert.Equal(["1", "last"], chain[1..].named_children().Select(item => item.name));
        Assert.Equal(["a"], chain[(null, 1)].named_children().Select(item => item.name));
    }

    [Fact]
    public void What_passes_between_modules_is_disposed_and_gradients_still_flow()
    {
        using var chain = nn.Sequential(nn.Linear(2, 2), nn.ReLU(inplace: true), nn.Identity(), nn.Linear(2, 1));
        Tensor? seen = null;
        ((Linear)chain[0]).register_forward_hook((_, _, result) => seen = result);
        chain.call(torch.ones(3, 2)).sum().backward();
        Assert.True(seen!.IsInvalid);
        Assert.All(chain.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void A_derived_chain_writes_its_own_forward()
    {
        using var chain = new Chain(nn.Linear(2, 3), nn.ReLU());
        chain.append(nn.Linear(3, 1, hasBias: false));
        Assert.Equal(["0.weight", "0.bias", "2.weight"], chain.named_parameters().Select(item => item.name));
        Assert.Equal([5L, 1L], chain.call(torch.ones(5, 2)).shape);
        chain.eval();
        Assert.All(chain.children(), child => Assert.False(child.training));
    }
}
