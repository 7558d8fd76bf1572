using System.Diagnostics;
using TorchRef.Checks;
using TorchRef.Cli.CorrectFunctions;
using TorchRef.Cli.Faults;
using TorchRef.Cli.KnownDerivatives;
using static TorchSharp.torch;

namespace TorchRef.Cli.Bench;

/// <summary>Measures the checks themselves: what they catch, what they call wrong that isn't, whether their bars hold, how fast they are, what they leave behind.</summary>
internal sealed class ChecksBench(long seed, Action<string> progress, CancellationToken stop)
{
    private const long KnownEntries = 100_000;
    private const int ChecksInARow = 1000;
    private const double SecondsOfTiming = 3;

    public IReadOnlyList<FaultOutcome> Faults(IReadOnlyList<Fault> faults)
    {
        var outcomes = new List<FaultOutcome>();
        foreach (var fault in faults)
        {
            Tell("planted faults", outcomes.Count, faults.Count);
            outcomes.Add(FaultOutcome.Of(fault, seed, stop));
        }
        return outcomes;
    }

    public IReadOnlyList<CorrectOutcome> Correct(IReadOnlyList<CorrectFunction> functions)
    {
        var outcomes = new List<CorrectOutcome>();
        foreach (var function in functions)
        {
            Tell("correct functions", outcomes.Count, functions.Count);
            outcomes.Add(CorrectOutcome.Of(function, seed, stop));
        }
        return outcomes;
    }

    public Coverage Cover()
    {
        var coverage = new Coverage();
        for (var round = 0; coverage.Entries < KnownEntries; round++)
            foreach (var known in Formulas.Round((int)seed + round))
            {
                Tell("known derivatives", coverage.Entries, KnownEntries);
                coverage.Add(known);
            }
        return coverage;
    }

    /// <summary>A check of torch.nn's and of the hand-written batch normalisation at 32×16 beside Python's, each on one thread.</summary>
    public SpeedOutcome Speed(GradCheckPeer? peer)
    {
        progress("the speed of a check");
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            var (python, evaluations) = peer?.Time(SecondsOfTiming) ?? (double.NaN, 0);
            var engine = Time(() => nn.BatchNorm1d(16, track_running_stats: false, dtype: float64));
            var own = Time(() => new Normalization.BatchNorm1d(16, track_running_stats: false, dtype: float64));
            return new SpeedOutcome(engine.seconds, engine.report.Evaluations, own.seconds, own.report.Evaluations, engine.report.Power, peer is null ? null : python, evaluations);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>The same check again and again: what is alive before and after, and the memory it took.</summary>
    public LeakOutcome Leaks()
    {
        using var input = Sample.Normal(1, 6, 3);
        using var norm = new Normalization.BatchNorm1d(3, dtype: float64);
        var options = new GradCheckOptions { Seed = seed, Cancellation = stop };
        for (var i = 0; i < ChecksInARow / 10; i++) GradCheck.Run(norm, input, options); // what is made once is made now
        var (alive, memory) = (Tensor.TotalCount, Resident());
        for (var i = 0; i < ChecksInARow; i++)
        {
            Tell("checks in a row", i, ChecksInARow);
            GradCheck.Run(norm, input, options);
        }
        return new LeakOutcome(ChecksInARow, alive, Tensor.TotalCount, Resident() - memory);
    }

    private (double seconds, GradCheckReport report) Time(Func<nn.Module<Tensor, Tensor>> make)
    {
        using var input = Sample.Normal(1, 32, 16);
        using var module = make();
        using (no_grad())
            foreach (var parameter in module.parameters()) parameter.copy_(Sample.Apart(2, parameter.shape));
        var report = GradCheck.Run(module, input, new GradCheckOptions { Seed = seed, Cancellation = stop }); // warms up
        var times = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); times.Count == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsOfTiming;)
        {
            var one = Stopwatch.GetTimestamp();
            report = GradCheck.Run(module, input, new GradCheckOptions { Seed = seed, Cancellation = stop });
            times.Add(Stopwatch.GetElapsedTime(one).TotalSeconds);
        }
        times.Sort();
        return (times[times.Count / 2], report);
    }

    private void Tell(string what, long done, long all)
    {
        stop.ThrowIfCancellationRequested();
        if (done % Math.Max(1, all / 20) == 0) progress($"{what}: {done} of {all}");
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
