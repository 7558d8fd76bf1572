using System.Diagnostics;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search;

namespace TorchRef.Cli.Bench;

/// <summary>Measures how fast the study notes' random search runs: 100 trials of 50 epochs.</summary>
internal sealed class SearchBench(DigitData digits, SearchSettings settings, Action<string> progress, CancellationToken stop)
{
    private const string Script = "search_peer.py";

    /// <summary>Times all contenders in turns, round by round; before that each does a little, unmeasured.</summary>
    public SearchBenchResult Run(int rounds)
    {
        var threads = Environment.ProcessorCount;
        var (train, validation) = ValidationSplit.Of(digits.Train, settings.Images, settings.ValidationShare, settings.Seed);
        using var peers = new BenchPeers(Script, [train, validation], threads, stop);
        List<double> together = [], oneByOne = [], onEachCore = [], products = [];
        SearchResult? found = null;
        for (var round = 0; round <= rounds; round++)
        {
            var isWarmUp = round == 0;
            var trials = isWarmUp ? Math.Min(settings.Trials, 2 * threads) : settings.Trials;
            progress(isWarmUp ? "warming up" : $"round {round} of {rounds}");
            peers.Measure(isWarmUp ? null : together, () => Search(trials, out found));
            if (peers.Plain is not { } plain) continue;
            peers.Measure(isWarmUp ? null : oneByOne, () => plain.Ask(FormattableString.Invariant($"train {trials}")));
            peers.Measure(isWarmUp ? null : onEachCore, () => peers.Crew.ShareOut("train", trials));
            peers.Measure(isWarmUp ? null : products, () => peers.Crew.ShareOut("products", trials));
        }
        return new(together, oneByOne, onEachCore, products, threads, found!);
    }

    /// <summary>The whole search: draws, the study in memory, the winner's look at the test set and all that is concluded.</summary>
    private double Search(int trials, out SearchResult found)
    {
        var start = Stopwatch.GetTimestamp();
        found = RandomSearch.Run(settings with { Trials = trials }, digits, stop);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
