using System.Diagnostics;
using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Bench;

/// <summary>One check, timed again and again.</summary>
internal sealed class TimedCheck(nn.Module<Tensor, Tensor> module, Tensor input, GradCheckOptions options) : IDisposable
{
    private readonly List<double> _seconds = [];

    /// <summary>What the last one found; null before the first.</summary>
    public GradCheckReport? Report { get; private set; }

    public double Median => MedianOf(_seconds);

    public static double MedianOf(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    /// <summary>Checks for so many seconds, at least once. The very first check warms up.</summary>
    public void Run(double seconds)
    {
        Report ??= GradCheck.Run(module, input, options);
        var start = Stopwatch.GetTimestamp();
        do
        {
            var one = Stopwatch.GetTimestamp();
            Report = GradCheck.Run(module, input, options);
            _seconds.Add(Stopwatch.GetElapsedTime(one).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
    }

    public void Dispose()
    {
        input.Dispose();
        module.Dispose();
    }
}
