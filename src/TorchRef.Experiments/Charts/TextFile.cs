namespace TorchRef.Experiments.Charts;

/// <summary>Writes a text beside its file and renames it, so that nobody ever finds half of it.</summary>
internal static class TextFile
{
    public static void Write(string path, string text)
    {
        string whole = Path.GetFullPath(path), beside = $"{whole}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, whole, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
