namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>A file that is there whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file and renames at the end; whatever was there before stays until then.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder doesn't exist.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (Directory.Exists(path)) throw new IOException($"a checkpoint must be a file: expected a file but {path} is a folder");
        var beside = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                // Renamed before its bytes are on the disk a file could survive a power cut empty.
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
