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
    private const int Rounds = 6, Notices = 10;
    private const double SecondsOfARound = 0.5;
    private long _told = -1;

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
        var threads = get_num_threads();
        set_num_threads(1);
        using var engine = Timed(nn.BatchNorm1d(16, track_running_stats: false, dtype: float64));
        using var own = Timed(new Normalization.BatchNorm1d(16, track_running_stats: false, dtype: float64));
        try
        {
            var python = new List<(double seconds, long evaluations)>();
            // In turns: what else the machine does meets all alike.
            for (var round = 0; round < Rounds; round++)
            {
                Tell("the speed of a check, round", round, Rounds);
                if (peer is not null) python.Add(peer.Time(SecondsOfARound));
                engine.Run(SecondsOfARound);
                own.Run(SecondsOfARound);
            }
            return new SpeedOutcome(
                engine.Median, engine.Report!.Evaluations, own.Median, own.Report!.Evaluations, engine.Report.Power,
                peer is null ? null : TimedCheck.MedianOf(python.Select(round => round.seconds)), peer is null ? 0 : python[0].evaluations);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>The same check again and again: what is alive before and after, and the memory it took.</summary>
    /// <param name="checks">How often, at least 10.</param>
    public LeakOutcome Leaks(int checks)
    {
        using var input = Sample.Normal(1, 6, 3);
        using var norm = new Normalization.BatchNorm1d(3, dtype: float64);
        var options = new GradCheckOptions { Seed = seed, Cancellation = stop };
        for (var i = 0; i < checks / 10; i++) GradCheck.Run(norm, input, options); // what is made once is made now
        var (alive, memory) = (Tensor.TotalCount, Resident());
        for (var i = 0; i < checks; i++)
        {
            Tell("checks in a row", i, checks);
            GradCheck.Run(norm, input, options);
        }
        return new LeakOutcome(checks, alive, Tensor.TotalCount, Resident() - memory);
    }

    private TimedCheck Timed(nn.Module<Tensor, Tensor> module)
    {
        using (no_grad())
            foreach (var parameter in module.parameters()) parameter.copy_(Sample.Apart(2, parameter.shape));
        return new TimedCheck(module, Sample.Normal(1, 32, 16), new GradCheckOptions { Seed = seed, Cancellation = stop });
    }

    private void Tell(string what, long done, long all)
    {
        stop.ThrowIfCancellationRequested();
        if (done > 0 && done * Notices / all == _told) return;
        _told = done * Notices / all;
        progress($"{what}: {done} of {all}");
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
