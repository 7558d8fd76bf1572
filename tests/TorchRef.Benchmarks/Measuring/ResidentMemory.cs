using System.Diagnostics;
using System.Globalization;

namespace TorchRef.Benchmarks.Measuring;

/// <summary>Memory of this process that is in RAM.</summary>
internal static class ResidentMemory
{
    private const string Status = "/proc/self/status", Entry = "VmRSS:";

    public static long Bytes()
    {
        if (!File.Exists(Status))
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
        var line = File.ReadLines(Status).First(line => line.StartsWith(Entry, StringComparison.Ordinal));
        return long.Parse(line[Entry.Length..].Replace("kB", ""), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }
}
