using System.Text.Json;
using TorchRef.Interop.Checkpoints.Reading;

namespace TorchSharp.PyBridge;

/// <summary>A folder that holds a checkpoint in one file or, by an index, in several.</summary>
internal static class CheckpointFolder
{
    private static readonly string[] s_names = ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];

    public static string Find(string folder) =>
        Array.Find(s_names, name => File.Exists(Path.Combine(folder, name)))
        ?? throw new ArgumentException($"a folder must hold a checkpoint: expected {string.Join(", ", s_names)} but {folder} has none of them");

    public static string RequireName(string name) =>
        Path.GetFileName(name) == name && !name.Contains('\\') ? name
            : throw new ArgumentException($"the checkpoint's name must be that of a file, without folders: expected such but got {name}");

    /// <summary>The file of each tensor.</summary>
    /// <exception cref="InvalidDataException">It is no index, or it names a file in another folder.</exception>
    public static Dictionary<string, string> ReadIndex(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(entry => entry.Name, entry => RequireName(entry.Value.GetString()!), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw Refusal.Of("an index must list the files of a checkpoint", "a weight_map of names and files in its folder", e.Message.ReplaceLineEndings(" "));
        }
    }
}
