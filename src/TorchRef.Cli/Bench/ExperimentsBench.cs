using System.Diagnostics;
using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;

namespace TorchRef.Cli.Bench;

/// <summary>Measures how fast the 32 networks of bn-init train together.</summary>
internal sealed class ExperimentsBench(DigitData digits, Action<string> progress, CancellationToken stop)
{
    private const int Networks = 32;

    /// <summary>What bn-init trains with.</summary>
    private const int Images = 1000;

    // Idle threads of OpenMP spin for a while before they sleep; those of one contender would take cores from the next.
    private static readonly TimeSpan s_spinning = TimeSpan.FromMilliseconds(200);

    /// <summary>Times all contenders in turns, round by round, so that what else the machine does meets all alike; before that each runs once unmeasured.</summary>
    public ExperimentsResult Run(int rounds)
    {
        var threads = Environment.ProcessorCount;
        var images = Path.GetTempFileName();
        try
        {
            WriteImages(images);
            using var trainer = BnInitPeer.Start(images, threads);
            BnInitPeer[] multipliers = [.. Enumerable.Range(0, trainer is null ? 0 : Math.Min(threads, Networks)).Select(_ => BnInitPeer.Start(images, 1)!)];
            using var ending = stop.Register(() =>
            {
                trainer?.Kill();
                foreach (var multiplier in multipliers) multiplier.Kill();
            });
            try
            {
                return Race(rounds, threads, trainer, multipliers);
            }
            finally
            {
                foreach (var multiplier in multipliers) multiplier.Dispose();
            }
        }
        finally
        {
            File.Delete(images);
        }
    }

    private ExperimentsResult Race(int rounds, int threads, BnInitPeer? trainer, BnInitPeer[] multipliers)
    {
        List<double> together = [], oneByOne = [], products = [];
        for (var round = 0; round <= rounds; round++)
        {
            progress(round == 0 ? "warming up" : $"round {round} of {rounds}");
            Measure(together, round, Together);
            if (trainer is null) continue;
            Measure(oneByOne, round, trainer.Train);
            Measure(products, round, () => Products(multipliers));
        }
        return new ExperimentsResult(together, oneByOne, products, threads);
    }

    private void Measure(List<double> seconds, int round, Func<double> work)
    {
        stop.ThrowIfCancellationRequested();
        Thread.Sleep(s_spinning);
        var measured = work();
        if (round > 0) seconds.Add(measured);
    }

    private double Together()
    {
        var start = Stopwatch.GetTimestamp();
        ExperimentRunner.Run(ExperimentCatalog.Find("bn-init")!, new RunRequest { Seeds = 1, Digits = new(digits) }, stop: stop);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The products of all networks, a share of them in each process, all at once: as long as the slowest takes.</summary>
    private static double Products(BnInitPeer[] peers)
    {
        var seconds = new double[peers.Length];
        Thread[] waiting = [.. peers.Select((peer, i) => new Thread(() => seconds[i] = Ask(peer, Share(i))))];
        foreach (var thread in waiting) thread.Start();
        foreach (var thread in waiting) thread.Join();
        return seconds.Max();

        int Share(int i) => Networks * (i + 1) / peers.Length - Networks * i / peers.Length;
    }

    private static double Ask(BnInitPeer peer, int networks)
    {
        try
        {
            return peer.Products(networks);
        }
        catch (IOException)
        {
            return double.NaN;                                          // it was ended; the caller looks whether that was wanted
        }
    }

    private void WriteImages(string path)
    {
        var train = digits.Train.Slice(0, Images);
        using var file = File.Create(path);
        file.Write(train.Pixels);
        file.Write(train.Labels);
    }
}
