using System.Globalization;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>How much memory the process takes at most, from a moment on. Only Linux says; elsewhere 0.</summary>
internal readonly struct PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string Reset = "/proc/self/clear_refs";

    private readonly long _before;

    private PeakMemory(long before) => _before = before;

    public static PeakMemory Start()
    {
        if (!File.Exists(Reset)) return new PeakMemory(0);
        File.WriteAllText(Reset, "5");
        return new PeakMemory(Read("VmRSS:"));
    }

    /// <summary>Bytes by which the peak is above the start.</summary>
    public long Grown() => File.Exists(Reset) ? Math.Max(0, Read("VmHWM:") - _before) : 0;

    private static long Read(string name)
    {
        var line = File.ReadLines(Status).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) << 10;
    }
}
