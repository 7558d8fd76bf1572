using System.Text.Json.Nodes;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>The files of tests/golden/checkpoints, which Python wrote.</summary>
internal static class Golden
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "golden");

    /// <summary>File → what it holds.</summary>
    public static JsonObject Expected { get; } = JsonNode.Parse(File.ReadAllText(PathOf("expected.json")))!.AsObject();

    public static TheoryData<string> Names => [.. Expected.Select(entry => entry.Key)];

    public static string PathOf(string name) => Path.Combine(Folder, name);
}
