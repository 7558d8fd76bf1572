using System.ComponentModel;
using System.Diagnostics;

namespace TorchRef.Benchmarks.Measuring;

/// <summary>A Python that can import torch.</summary>
internal static class Python
{
    private static readonly Lazy<string?> s_found = new(Find);

    /// <summary>The program, or null, which is then said in one line.</summary>
    public static string? Program => s_found.Value;

    private static string? Find()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("TORCHREF_PYTHON"), "/usr/bin/python3", "python3"];
        var found = candidates.FirstOrDefault(HasTorch);
        if (found is null) Console.WriteLine("No Python with torch was found (TORCHREF_PYTHON names one): C# is measured alone.\n");
        return found;
    }

    private static bool HasTorch(string? program)
    {
        if (string.IsNullOrEmpty(program)) return false;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["-c", "import torch"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
