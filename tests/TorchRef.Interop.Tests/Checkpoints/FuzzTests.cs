using System.Text.Json.Nodes;
using TorchRef.Interop.Checkpoints;
using TorchRef.Interop.Tests.Checkpoints.Support;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

/// <summary>Sound files with bytes changed, left out and doubled: each is refused, or it is loaded right.</summary>
public class FuzzTests
{
    private const int Seed = 20240607;
    private const int Tries = 250;

    /// <summary>Archives have checksums: what a change leaves readable must be what it was.</summary>
    [Theory]
    [InlineData("training.pth")]
    [InlineData("deflated.pth")]
    [InlineData("layouts.pth")]
    [InlineData("protocol4.pth")]
    [InlineData("newer_records.pth")]
    public void A_changed_archive_is_refused_or_the_same(string name)
    {
        var refused = 0;
        foreach (var (file, what) in Changed(File.ReadAllBytes(Golden.PathOf(name))))
            if (Load(file, what) is { } words) Assert.True(JsonNode.DeepEquals(Golden.Expected[name], words), $"seed {Seed}, {what}");
            else refused++;
        Assert.InRange(refused, Tries / 4, Tries);
    }

    [Theory]
    [InlineData("legacy_tied.pth")]
    [InlineData("legacy_dtypes.pth")]
    public void A_changed_old_file_is_refused_or_loaded(string name)
    {
        foreach (var (file, what) in Changed(File.ReadAllBytes(Golden.PathOf(name)))) Load(file, what);
    }

    [Fact]
    public void A_changed_safetensors_file_is_refused_or_loaded()
    {
        using var folder = new Folder();
        using var scope = NewDisposeScope();
        Checkpoint.SaveStateDict(Checkpoint.LoadStateDict(Golden.PathOf("tied.pth")), folder["file.safetensors"]);
        foreach (var (file, what) in Changed(File.ReadAllBytes(folder["file.safetensors"]))) Load(file, what);
    }

    private static JsonNode? Load(byte[] file, string what)
    {
        using var folder = new Folder();
        using var scope = NewDisposeScope();
        File.WriteAllBytes(folder["changed"], file);
        try
        {
            return Description.Of(Checkpoint.LoadObject(folder["changed"]));
        }
        catch (InvalidDataException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return null;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {Seed}, {what}", e);
        }
    }

    private static IEnumerable<(byte[] File, string What)> Changed(byte[] sound)
    {
        var random = new Random(Seed);
        for (var count = 0; count < Tries; count++)
        {
            var (at, with) = (random.Next(sound.Length), (byte)random.Next(256));
            var changed = sound.ToArray();
            switch (count % 5)
            {
                case 0: changed = sound[..at]; break;
                case 1: changed = [.. sound[..at], .. sound[Math.Min(sound.Length, at + with)..]]; break;
                case 2: changed = [.. sound[..at], .. sound[Math.Max(0, at - with)..]]; break;
                case 3: changed[at] ^= (byte)(1 << (with & 7)); break;
                default: changed[at] = with; break;
            }
            yield return (changed, $"try {count}, {count % 5} at {at} with {with}");
        }
    }
}
