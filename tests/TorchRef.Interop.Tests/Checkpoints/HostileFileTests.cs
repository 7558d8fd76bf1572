using System.Diagnostics;
using TorchRef.Interop.Checkpoints;
using TorchRef.Interop.Tests.Checkpoints.Support;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

/// <summary>Files that are damaged, lie about their sizes, or would run code in Python.</summary>
public class HostileFileTests
{
    private const long MostMemory = 200 << 20;

    public static TheoryData<string> Names => [.. HostileFile.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused_with_one_clear_line_and_little_memory(string name)
    {
        var file = HostileFile.All.Single(file => file.Name == name);
        using var folder = new Folder();
        File.WriteAllBytes(folder["hostile"], file.Make());
        GC.Collect();
        var memory = PeakMemory.Start();
        var started = Stopwatch.GetTimestamp();
        var refusal = Assert.Throws<InvalidDataException>(() =>
        {
            using var scope = NewDisposeScope();
            Checkpoint.LoadObject(folder["hostile"]);
        });
        Assert.Contains(file.Says, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.InRange(refusal.Message.Length, 20, 600);
        Assert.InRange(memory.Grown(), 0, MostMemory);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_file_that_they_are_made_of_is_sound()
    {
        using var folder = new Folder();
        using var scope = NewDisposeScope();
        File.WriteAllBytes(folder["sound"], Craft.Sound());
        Assert.Equal([0, 0, 0, 0], Checkpoint.LoadStateDict(folder["sound"])["w"].data<float>().ToArray());
        File.WriteAllBytes(folder["deflated"], Craft.Deflated(Craft.OneTensor(Craft.Tensor(Craft.Storage())), Craft.Deflate(new byte[16]), 16, Craft.Crc(new byte[16])));
        Assert.Equal([0, 0, 0, 0], Checkpoint.LoadStateDict(folder["deflated"])["w"].data<float>().ToArray());
    }
}
