using System.ComponentModel;
using System.Diagnostics;

namespace TorchRef.Cli.Peers;

/// <summary>A Python that can import torch.</summary>
internal static class Python
{
    /// <summary>What to tell somebody who has none.</summary>
    public const string NotFound = "no Python with torch was found (TORCHREF_PYTHON names one)";

    private static readonly Lazy<string?> s_found = new(Find);

    /// <summary>The program; null where there is none.</summary>
    public static string? Program => s_found.Value;

    private static string? Find()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("TORCHREF_PYTHON"), "/usr/bin/python3", "python3"];
        return candidates.FirstOrDefault(HasTorch);
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
