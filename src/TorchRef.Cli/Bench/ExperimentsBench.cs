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

    /// <summary>Times all contenders in turns, round by round, so that what else the machine does meets all alike; before that each runs once unmeasured.</summary>
    public ExperimentsResult Run(int rounds)
    {
        var threads = Environment.ProcessorCount;
        using var peers = new BenchPeers(Script, [digits.Train.Slice(0, Images)], Math.Min(threads, Networks), stop);
        List<double> together = [], oneByOne = [], products = [];
        for (var round = 0; round <= rounds; round++)
        {
            progress(round == 0 ? "warming up" : $"round {round} of {rounds}");
            var isWarmUp = round == 0;
            peers.Measure(isWarmUp ? null : together, Together);
            if (peers.Plain is not { } plain) continue;
            peers.Measure(isWarmUp ? null : oneByOne, () => plain.Ask("train"));
            peers.Measure(isWarmUp ? null : products, () => peers.Crew.ShareOut("products", Networks));
        }
        return new ExperimentsResult(together, oneByOne, products, threads);
    }

    private double Together()
    {
        var start = Stopwatch.GetTimestamp();
        ExperimentRunner.Run(ExperimentCatalog.Find("bn-init")!, new RunRequest { Seeds = 1, Digits = new(digits) }, stop: stop);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
