namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>States as files of a folder, written beside and renamed.</summary>
/// <param name="folder">The folder; made when the first state is written.</param>
public sealed class FolderCheckpoints(string folder) : ICheckpoints
{
    private const string Extension = ".state";

    /// <inheritdoc/>
    public byte[]? Read(string name)
    {
        var path = PathOf(name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    /// <inheritdoc/>
    public void Write(string name, byte[] state)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(name);
        var beside = path + ".new";
        File.WriteAllBytes(beside, state);
        File.Move(beside, path, overwrite: true);
    }

    private string PathOf(string name) => Path.Combine(folder, name + Extension);
}
