using System.Security.Cryptography;

namespace TorchRef.Experiments.Models;

/// <summary>A folder of trained models: for each NAME.pth, NAME.safetensors and the card as NAME.json and NAME.md.</summary>
/// <param name="path">The folder.</param>
public sealed class ModelFolder(string path)
{
    private const string FolderName = "models";

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The names of the models that have a card, in order.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The folder <c>models</c> in a folder or the nearest one above it that has a card in it; null when there is none.</summary>
    /// <param name="start">Where to start; the current directory is the usual choice.</param>
    public static ModelFolder? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (new ModelFolder(System.IO.Path.Combine(folder.FullName, FolderName)) is { Names.Count: > 0 } found)
                return found;
        return null;
    }

    /// <summary>The state dict as torch.save writes it.</summary>
    public string Pth(string name) => At($"{name}.pth");

    /// <summary>The state dict as safetensors.</summary>
    public string Safetensors(string name) => At($"{name}.safetensors");

    /// <summary>The card for programs.</summary>
    public string Card(string name) => At($"{name}.json");

    /// <summary>The card for people.</summary>
    public string Page(string name) => At($"{name}.md");

    /// <summary>The SHA-256 of a file, as 64 lower-case hexadecimal digits.</summary>
    public static string Sha256(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
