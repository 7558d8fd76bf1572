using System.Diagnostics;

namespace TorchRef.Benchmarks.Measuring;

internal static class Clock
{
    public static double Seconds(int count, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++) work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
