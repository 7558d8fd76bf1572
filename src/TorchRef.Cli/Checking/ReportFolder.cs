namespace TorchRef.Cli.Checking;

/// <summary>The folder that <c>--report</c> names, with a report in its four forms.</summary>
internal static class ReportFolder
{
    /// <summary>Minutes of work shouldn't end in files that can't be written.</summary>
    /// <exception cref="UsageException">The path can be no folder.</exception>
    public static void Require(string? folder)
    {
        if (folder is null) return;
        if (folder.Length == 0) throw new UsageException("--report must name a folder: expected a folder but got ''");
        if (File.Exists(folder)) throw new UsageException($"--report must name a folder: expected a folder but {folder} is a file");
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes each file beside and then renames it: one that is there is whole.</summary>
    public static void Write(string folder, CheckResult result)
    {
        var (stem, junit) = result.Name == CheckResult.Parity ? ("parity", "junit-parity") : ("report", "junit");
        foreach (var (name, text) in new[] { ($"{stem}.txt", result.Text), ($"{stem}.json", result.Json), ($"{stem}.html", result.Html), ($"{junit}.xml", result.JUnit) })
        {
            var file = Path.Combine(folder, name);
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
}
