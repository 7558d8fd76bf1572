using TorchSharp;
using TorchSharp.PyBridge;

namespace Standins.Tests.PyBridge;

public class ModuleSafetensorsTests
{
    [Fact]
    public void A_module_takes_over_what_another_saved()
    {
        using var from = torch.nn.Linear(3, 2);
        using var to = torch.nn.Linear(3, 2);
        using var memory = new MemoryStream();
        from.save_safetensors(memory, leaveOpen: true);
        memory.Position = 0;
        var told = new Dictionary<string, bool>();
        to.load_safetensors(memory, loadedParameters: told);
        Assert.True(from.weight!.Equals(to.weight!));
        Assert.True(from.bias!.Equals(to.bias!));
        Assert.True(to.weight!.requires_grad);
        Assert.Equal(["bias", "weight"], told.Where(pair => pair.Value).Select(pair => pair.Key).Order());
    }

    [Fact]
    public void Names_that_differ_are_refused_unless_told_otherwise()
    {
        using var from = torch.nn.Linear(3, 2, hasBias: false);
        using var to = torch.nn.Linear(3, 2);
        using var memory = new MemoryStream();
        from.save_safetensors(memory, leaveOpen: true);
        memory.Position = 0;
        Assert.Throws<InvalidOperationException>(() => to.load_safetensors(memory, leaveOpen: true));
        memory.Position = 0;
        to.load_safetensors(memory, strict: false);
        Assert.True(from.weight!.Equals(to.weight!));
    }
}
