namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>A folder of its own for a test's files, gone after it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("torchref-checkpoints-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public override string ToString() => _path;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
