namespace TorchRef.Benchmarks.Measuring;

/// <summary>
/// Times contenders in turn, round by round, so that whatever else the machine does meanwhile falls on all of them alike.
/// </summary>
internal static class Race
{
    public static IReadOnlyList<Timing> Run(int rounds, IReadOnlyList<Contender> contenders)
    {
        var seconds = contenders.Select(_ => new double[rounds]).ToArray();
        // Unmeasured rounds: the compiler's tiers, caches and allocators settle.
        for (var round = -Math.Max(3, rounds / 4); round < rounds; round++)
            for (var i = 0; i < contenders.Count; i++)
            {
                var time = contenders[i].Time(contenders[i].Repeats) / contenders[i].Repeats;
                if (round >= 0) seconds[i][round] = time;
            }
        return [.. contenders.Select((contender, i) => new Timing(contender.Name, seconds[i].Min(), Median(seconds[i])))];
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
