using System.Buffers.Binary;
using System.Text;
using TorchSharp;
using TorchSharp.PyBridge;

namespace Standins.Tests.PyBridge;

public class SafetensorsTests
{
    [Fact]
    public void Tensors_come_back_as_they_were_saved()
    {
        using var scope = torch.NewDisposeScope();
        var saved = new Dictionary<string, torch.Tensor>
        {
            ["weight"] = torch.tensor(new[,] { { 1f, -2f, 3f }, { 4f, 5f, -6f } }),
            ["half"] = torch.tensor(new[] { 0.5, -1.5 }).to(torch.float16),
            ["count"] = torch.tensor(7L),
            ["none"] = torch.empty([0, 3]),
            ["mask"] = torch.tensor(new[] { true, false, true }),
            ["bytes"] = torch.tensor(new byte[] { 1, 255 }),
        };
        using var memory = new MemoryStream();
        Safetensors.SaveStateDict(memory, saved, leaveOpen: true);
        memory.Position = 0;
        var loaded = Safetensors.LoadStateDict(memory);
        Assert.Equal(saved.Keys.Order(), loaded.Keys.Order());
        foreach (var (key, tensor) in saved)
        {
            Assert.Equal(tensor.dtype, loaded[key].dtype);
            Assert.Equal(tensor.shape, loaded[key].shape);
            Assert.True(tensor.Equals(loaded[key]), key);
        }
        Assert.False(memory.CanRead);
    }

    [Fact]
    public void Only_the_keys_asked_for_are_read()
    {
        using var scope = torch.NewDisposeScope();
        using var file = File("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"I16","shape":[1],"data_offsets":[3,5]}}""", [1, 2, 3, 4, 1]);
        var loaded = Safetensors.LoadStateDict(file, keysToKeep: ["b"]);
        Assert.Equal("b", Assert.Single(loaded).Key);
        Assert.Equal(260, loaded["b"][0].item<short>());
    }

    [Theory]
    [InlineData("short header", """{"a":""", 0)]
    [InlineData("unknown dtype", """{"a":{"dtype":"F13","shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("bytes that aren't the shape's", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4)]
    [InlineData("bytes past the end", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4)]
    [InlineData("no dtype", """{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4)]
    public void A_broken_file_is_refused(string what, string header, int bytes)
    {
        using var file = File(header, new byte[bytes]);
        Assert.True(Record.Exception(() => Safetensors.LoadStateDict(file)) is not null, what);
    }

    private static MemoryStream File(string header, byte[] bytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, text.Length);
        return new MemoryStream([.. prefix, .. text, .. bytes]);
    }
}
