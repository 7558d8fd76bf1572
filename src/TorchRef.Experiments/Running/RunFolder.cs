using System.Text;

namespace TorchRef.Experiments.Running;

/// <summary>The folder of one experiment: nobody else writes to it meanwhile, and every file in it is whole.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string StateFile = "state.bin";
    private const string LockFile = ".lock";

    private readonly FileStream _lock;

    /// <summary>Makes the folder and takes it.</summary>
    /// <exception cref="IOException">It can't be made or written to, or another run has taken it; the message is one line.</exception>
    public RunFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"A run needs a folder to write to: expected a place for {path} but got: {OneLine(error)}", error);
        }

        try
        {
            _lock = new FileStream(At(LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"A run writes to its folder: expected {path} to be writable but got: {OneLine(error)}", error);
        }
        catch (IOException error)
        {
            throw new IOException($"One run at a time writes to a folder: expected {path} to be free but another run has it", error);
        }

        // Left by a run that was killed while it wrote.
        foreach (string half in Directory.EnumerateFiles(Path, "*.tmp")) File.Delete(half);
    }

    public string Path { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public RunState? ReadState(string fingerprint) =>
        File.Exists(At(StateFile)) ? RunState.Read(File.ReadAllBytes(At(StateFile)), fingerprint) : null;

    public void WriteState(RunState state) => Write(StateFile, state.ToBytes());

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Dispose() => _lock.Dispose();

    private static string OneLine(Exception error) => error.Message.ReplaceLineEndings(" ");

    /// <summary>Beside the file first, then in its place: who reads it finds the old or the new one.</summary>
    private void Write(string name, byte[] bytes)
    {
        string beside = At($"{name}.tmp");
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, At(name), overwrite: true);
    }
}
