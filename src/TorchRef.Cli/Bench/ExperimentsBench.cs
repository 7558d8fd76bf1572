using System.Diagnostics;
using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;

namespace TorchRef.Cli.Bench;

/// <summary>Measures how fast the 32 networks of bn-init train together.</summary>
internal sealed class ExperimentsBench(DigitData digits, Action<string> progress, CancellationToken stop)
{
    private const int Networks = 32;
    private const string Script = "bn_init_peer.py";

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
            using var trainer = TrainingPeer.Start(Script, images, threads);
            using var multipliers = PeerCrew.Start(Script, images, Math.Min(threads, Networks));
            using var ending = stop.Register(() =>
            {
                trainer?.Kill();
                multipliers.Kill();
            });
            return Race(rounds, threads, trainer, multipliers);
        }
        finally
        {
            File.Delete(images);
        }
    }

    private ExperimentsResult Race(int rounds, int threads, TrainingPeer? trainer, PeerCrew multipliers)
    {
        List<double> together = [], oneByOne = [], products = [];
        for (var round = 0; round <= rounds; round++)
        {
            progress(round == 0 ? "warming up" : $"round {round} of {rounds}");
            Measure(together, round, Together);
            if (trainer is null) continue;
            Measure(oneByOne, round, () => trainer.Ask("train"));
            Measure(products, round, () => multipliers.ShareOut("products", Networks));
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

    private void WriteImages(string path)
    {
        var train = digits.Train.Slice(0, Images);
        using var file = File.Create(path);
        file.Write(train.Pixels);
        file.Write(train.Labels);
    }
}
