using System.Text.Json.Nodes;
using TorchRef.Interop.Checkpoints;
using TorchRef.Interop.Tests.Checkpoints.Support;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

/// <summary>Files that Python wrote, of every kind that is met.</summary>
public class PythonFileTests
{
    public static TheoryData<string> Names => Golden.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void What_Python_saved_is_loaded_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        var words = Description.Of(Checkpoint.LoadObject(Golden.PathOf(name)));
        Assert.True(JsonNode.DeepEquals(Golden.Expected[name], words), $"expected {Golden.Expected[name]!.ToJsonString()} but got {words.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_again_it_is_the_same(string name)
    {
        using var folder = new Folder();
        using var scope = NewDisposeScope();
        Checkpoint.SaveObject(Checkpoint.LoadObject(Golden.PathOf(name)), folder["again.pth"]);
        // Nothing is lost but what no tensor reaches.
        var (expected, words) = (Compact.Of(Golden.Expected[name]!), Compact.Of(Description.Of(Checkpoint.LoadObject(folder["again.pth"]))));
        Assert.True(JsonNode.DeepEquals(expected, words), $"expected {expected.ToJsonString()} but got {words.ToJsonString()}");
    }
}
