using System.Diagnostics;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search;

namespace TorchRef.Cli.Bench;

/// <summary>Measures how fast the study notes' random search runs: 100 trials of 50 epochs.</summary>
internal sealed class SearchBench(DigitData digits, SearchSettings settings, Action<string> progress, CancellationToken stop)
{
    private const string Script = "search_peer.py";

    // Idle threads of OpenMP spin for a while before they sleep; those of one contender would take cores from the next.
    private static readonly TimeSpan s_spinning = TimeSpan.FromMilliseconds(200);

    /// <summary>Times all contenders in turns, round by round; before that each does a little, unmeasured.</summary>
    public SearchBenchResult Run(int rounds)
    {
        var threads = Environment.ProcessorCount;
        var images = Path.GetTempFileName();
        try
        {
            WriteImages(images);
            using var plain = TrainingPeer.Start(Script, images, threads);
            using var crew = PeerCrew.Start(Script, images, threads);
            using var ending = stop.Register(() =>
            {
                plain?.Kill();
                crew.Kill();
            });
            return Race(rounds, threads, plain, crew);
        }
        finally
        {
            File.Delete(images);
        }
    }

    private SearchBenchResult Race(int rounds, int threads, TrainingPeer? plain, PeerCrew crew)
    {
        List<double> together = [], oneByOne = [], onEachCore = [], products = [];
        SearchResult? found = null;
        for (var round = 0; round <= rounds; round++)
        {
            var isWarmUp = round == 0;
            var trials = isWarmUp ? Math.Min(settings.Trials, 2 * threads) : settings.Trials;
            progress(isWarmUp ? "warming up" : $"round {round} of {rounds}");
            Measure(isWarmUp ? null : together, () => Search(trials, out found));
            if (plain is null) continue;
            Measure(isWarmUp ? null : oneByOne, () => plain.Ask(FormattableString.Invariant($"train {trials}")));
            Measure(isWarmUp ? null : onEachCore, () => crew.ShareOut("train", trials));
            Measure(isWarmUp ? null : products, () => crew.ShareOut("products", trials));
        }
        return new(together, oneByOne, onEachCore, products, threads, found!);
    }

    private void Measure(List<double>? seconds, Func<double> work)
    {
        stop.ThrowIfCancellationRequested();
        Thread.Sleep(s_spinning);
        var measured = work();
        stop.ThrowIfCancellationRequested();
        seconds?.Add(measured);
    }

    /// <summary>The whole search: draws, the study in memory, the winner's look at the test set and all that is concluded.</summary>
    private double Search(int trials, out SearchResult found)
    {
        var start = Stopwatch.GetTimestamp();
        found = RandomSearch.Run(settings with { Trials = trials }, digits, stop);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void WriteImages(string path)
    {
        var (train, validation) = ValidationSplit.Of(digits.Train, settings.Images, settings.ValidationShare, settings.Seed);
        using var file = File.Create(path);
        foreach (var set in (DigitSet[])[train, validation]) file.Write(set.Pixels);
        foreach (var set in (DigitSet[])[train, validation]) file.Write(set.Labels);
    }
}
