namespace TorchRef.Cli.Tests;

/// <summary>What a user of the packages reads when their native part doesn't load.</summary>
public sealed class NativePartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torchref-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_native_part_that_is_missing_is_named_with_its_place() =>
        Assert.Matches(@"^TorchSharp needs its native part: expected \S+LibTorchSharp\S+ but there is none[^\n]*$", NativePart.Explain(_folder));

    [Fact]
    public void A_native_part_that_does_not_load_is_named_with_the_loaders_words()
    {
        foreach (var name in (string[])["libLibTorchSharp.so", "LibTorchSharp.dll", "libLibTorchSharp.dylib"]) File.WriteAllText(Path.Combine(_folder, name), "no library");
        Assert.Matches(@"^the native part of TorchSharp must load: expected \S+ and the libraries that it needs but got: [^\n]*(file too short|invalid ELF|not a valid|mach-o)[^\n]*$", NativePart.Explain(_folder));
    }

    [Fact]
    public void An_engine_that_does_not_start_for_another_reason_is_explained_too()
    {
        var fault = new InvalidOperationException("outside", new TypeInitializationException("TorchSharp.torch", new NotSupportedException("a page of text")));
        Assert.Contains("native part", CommandLine.EngineFault(fault));
        Assert.Null(CommandLine.EngineFault(new TypeInitializationException("Another.Type", new NotSupportedException("a page of text"))));
    }
}
