using TorchRef.Interop.Checkpoints;
using TorchRef.Interop.Tests.Checkpoints.Support;
using TorchSharp;
using TorchSharp.PyBridge;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

/// <summary>Files go from here to PyBridge and from PyBridge here.</summary>
public sealed class PyBridgeTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void PyBridge_loads_what_is_saved_here()
    {
        var (from, pth, safetensors) = (Network(1), Network(2), Network(3));
        Checkpoint.Save(from, _folder["a.pth"]);
        Checkpoint.Save(from, _folder["a.safetensors"]);
        pth.load_py(_folder["a.pth"]);
        safetensors.load_safetensors(_folder["a.safetensors"]);
        foreach (var (key, value) in from.state_dict())
        {
            Assert.True(value.Equals(pth.state_dict()[key]), key);
            Assert.True(value.Equals(safetensors.state_dict()[key]), key);
        }
    }

    [SkippableFact]
    public void What_PyBridge_saves_is_loaded_here()
    {
        var (from, pth, safetensors) = (Network(1), Network(2), Network(3));
        from.save_safetensors(_folder["a.safetensors"]);
        Checkpoint.Load(safetensors, _folder["a.safetensors"]);
        foreach (var (key, value) in from.state_dict()) Assert.True(value.Equals(safetensors.state_dict()[key]), key);
        try
        {
            from.save_py(_folder["a.pth"]);
        }
        catch (MissingMethodException)
        {
            Skip.If(true, "save_py of PyBridge 1.4.3 was compiled against a TorchSharp that had another Tensor.to");
        }
        Checkpoint.Load(pth, _folder["a.pth"]);
        foreach (var (key, value) in from.state_dict()) Assert.True(value.Equals(pth.state_dict()[key]), key);
    }

    [Fact]
    public void The_empty_hooks_of_PyBridges_tensors_are_taken()
    {
        // It gives OrderedDict an empty tuple, where Python gives it nothing.
        File.WriteAllBytes(_folder["a.pth"], Craft.Archive(Craft.OneTensor(Craft.Tensor(Craft.Storage(), hooks: Craft.Global("collections", "OrderedDict") + ")\x85R"))));
        Assert.Equal(4, Checkpoint.LoadStateDict(_folder["a.pth"])["w"].numel());
    }

    private static nn.Module<Tensor, Tensor> Network(long seed)
    {
        manual_seed(seed);
        return nn.Sequential(("fc1", nn.Linear(4, 8)), ("bn", nn.BatchNorm1d(8)), ("fc2", nn.Linear(8, 2)));
    }
}
