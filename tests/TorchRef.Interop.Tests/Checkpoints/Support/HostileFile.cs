using System.Text;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>A file that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Make">Its bytes.</param>
/// <param name="Says">What the refusal must say.</param>
internal sealed record HostileFile(string Name, Func<byte[]> Make, string Says)
{
    public static IReadOnlyList<HostileFile> All { get; } = [.. HostilePickles.All(), .. HostileTensors.All(), .. HostileArchives.All(), .. HostileLegacyFiles.All(), .. HostileSafetensors.All(), .. OtherFiles()];

    private static IEnumerable<HostileFile> OtherFiles()
    {
        yield return new("an empty file", () => [], "0 bytes");
        yield return new("a text", () => Encoding.UTF8.GetBytes("weights, but not here"), "starts with 7765");
        yield return new("a picture", () => [0x89, .. "PNG\r\n\x1a\n"u8, .. new byte[100]], "starts with 8950");
        yield return new("two letters of an archive", () => "PK"u8.ToArray(), "the record that ends it");
    }
}
