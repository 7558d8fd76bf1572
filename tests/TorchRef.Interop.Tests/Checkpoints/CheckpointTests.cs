using TorchRef.Interop.Checkpoints;
using TorchRef.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torchref-checkpoints-").FullName;
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("module.pth")]
    [InlineData("module.safetensors")]
    public void A_module_takes_over_what_another_saved(string name)
    {
        var (from, to) = (Network(1), Network(2));
        Checkpoint.Save(from, Place(name));
        var match = Checkpoint.Load(to, Place(name));
        Assert.Empty(match.MissingKeys);
        Assert.Empty(match.UnexpectedKeys);
        foreach (var (key, value) in from.state_dict()) Assert.True(value.Equals(to.state_dict()[key]), key);
        Assert.All(to.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [InlineData("module.pth")]
    [InlineData("module.safetensors")]
    public void The_same_state_gives_the_same_bytes(string name)
    {
        Checkpoint.Save(Network(1), Place("1" + name));
        Checkpoint.Save(Network(1), Place("2" + name));
        Assert.Equal(File.ReadAllBytes(Place("1" + name)), File.ReadAllBytes(Place("2" + name)));
    }

    [Fact]
    public void An_optimiser_goes_on_where_another_stopped()
    {
        var (one, other) = (Network(1), Network(1));
        var (a, b) = (new Adam(one.parameters(), lr: 0.01), new Adam(other.parameters(), lr: 0.5));
        Step(one, a);
        Checkpoint.Save(one, Place("network.pth"));
        Checkpoint.Save(a, Place("adam.pth"));
        Checkpoint.Load(other, Place("network.pth"));
        Checkpoint.Load(b, Place("adam.pth"));
        Step(one, a);
        Step(other, b);
        foreach (var (key, value) in one.state_dict()) Assert.True(value.Equals(other.state_dict()[key]), key);
    }

    private string Place(string name) => Path.Combine(_folder, name);

    private static nn.Module<Tensor, Tensor> Network(long seed)
    {
        manual_seed(seed);
        return nn.Sequential(("fc1", nn.Linear(4, 8)), ("bn", nn.BatchNorm1d(8)), ("relu", nn.ReLU()), ("fc2", nn.Linear(8, 2)));
    }

    private static void Step(nn.Module<Tensor, Tensor> network, Optimizer optimizer)
    {
        manual_seed(3);
        optimizer.zero_grad();
        network.forward(randn(16, 4)).square().mean().backward();
        optimizer.step();
    }
}
