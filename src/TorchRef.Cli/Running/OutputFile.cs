namespace TorchRef.Cli.Running;

/// <summary>A file that an option names: checked before the work begins, and written whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Minutes of work shouldn't end in a file that can't be written.</summary>
    /// <exception cref="UsageException">There can be no file of this name.</exception>
    public static void Require(string option, string? file)
    {
        if (file is null) return;
        if (file.Length == 0) throw new UsageException($"{option} must name a file: expected a file but got ''");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!Directory.Exists(folder)) throw new UsageException($"{option} must name a file in a folder that exists: expected {folder} but there is none");
        if (Directory.Exists(file)) throw new UsageException($"{option} must name a file: expected a file but {file} is a folder");
    }

    /// <summary>Beside the file first, then in its place.</summary>
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
