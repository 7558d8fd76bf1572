using System.Diagnostics;

namespace TorchRef.Benchmarks.Measuring;

/// <summary>
/// Times contenders in turn, round by round, so that whatever else the machine does meanwhile falls on all of them alike.
/// </summary>
internal static class Race
{
    private const int FewestRounds = 10;

    /// <summary>A busy machine can take a hundred times as long: then there are fewer rounds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Idle OpenMP threads spin for a while before they sleep; those of one process would take cores from the next.</summary>
    private static readonly TimeSpan s_spinning = TimeSpan.FromMilliseconds(30);

    /// <summary>Runs at most that many rounds, at least <see cref="FewestRounds"/>.</summary>
    public static IReadOnlyList<Timing> Run(int rounds, IReadOnlyList<Contender> contenders)
    {
        var seconds = contenders.Select(_ => new List<double>()).ToArray();
        // Unmeasured rounds first: the compiler's tiers, caches and allocators settle.
        for (var round = 0; round < FewestRounds; round++)
            foreach (var contender in contenders) contender.Time(contender.Repeats);
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds && (round < FewestRounds || Stopwatch.GetElapsedTime(start) < s_patience); round++)
            for (var i = 0; i < contenders.Count; i++) seconds[i].Add(Round(contenders[i]));
        return [.. contenders.Select((contender, i) => new Timing(contender.Name, seconds[i].Min(), Median(seconds[i]), seconds[i].Count))];
    }

    private static double Round(Contender contender)
    {
        Thread.Sleep(s_spinning);
        contender.Time(1 + contender.Repeats / 10);                     // unmeasured: its threads wake up
        return contender.Time(contender.Repeats) / contender.Repeats;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
