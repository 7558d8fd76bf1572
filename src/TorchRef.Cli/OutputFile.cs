namespace TorchRef.Cli;

/// <summary>A file that a command writes its results to.</summary>
internal static class OutputFile
{
    /// <summary>Minutes of work shouldn't end in a file that can't be written.</summary>
    /// <param name="file">The file, or null where none is asked for.</param>
    /// <param name="option">The option that named it.</param>
    public static void RequireWritable(string? file, string option)
    {
        if (file is null) return;
        if (file.Length == 0) throw new UsageException($"{option} must name a file: expected a file but got ''");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!Directory.Exists(folder)) throw new UsageException($"{option} must name a file in a folder that exists: expected {folder} but there is none");
        if (Directory.Exists(file)) throw new UsageException($"{option} must name a file: expected a file but {file} is a folder");
    }

    /// <summary>Writes beside the file, then renames: a file that is there is whole.</summary>
    public static void Write(string file, string text)
    {
        var beside = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, file, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
