using TorchRef.Experiments.Search;

namespace TorchRef.Cli.Bench;

/// <summary>Seconds of each round; a round times all of them one after the other.</summary>
/// <param name="Together">The search.</param>
/// <param name="OneByOne">The same in plain PyTorch, in one process with all threads; empty without Python.</param>
/// <param name="OnEachCore">The same, shared out to a process of one thread for each core; empty without Python.</param>
/// <param name="Products">The matrix products alone, shared out likewise; empty without Python.</param>
/// <param name="Threads">How many threads each may use.</param>
/// <param name="Found">What the last search found.</param>
internal sealed record SearchBenchResult(
    IReadOnlyList<double> Together, IReadOnlyList<double> OneByOne, IReadOnlyList<double> OnEachCore, IReadOnlyList<double> Products, int Threads, SearchResult Found)
{
    /// <summary>What the search is asked for: how many times as fast as PyTorch it is at least, and how many times as long as the products it takes at most.</summary>
    public const double LeastSpeedup = 1.5, MostOverProducts = 1.5;

    /// <summary>What it is asked to find on MNIST.</summary>
    public const double LeastAccuracy = 0.85, LowestRate = 3e-3, HighestRate = 1e-2;

    /// <summary>How many times as fast as the loop in one process, in the best rounds and in the median ones; null without Python.</summary>
    public (double best, double median)? Speedup => Ratio(OneByOne, Together);

    /// <summary>How many times as fast as the loop in a process for each core; null without Python.</summary>
    public (double best, double median)? SpeedupOverCores => Ratio(OnEachCore, Together);

    /// <summary>How many times as long as the products alone; null without Python.</summary>
    public (double best, double median)? OverProducts => Ratio(Together, Products);

    /// <summary>Whether the best rounds are as fast as asked for; true where there is nothing to compare with.</summary>
    public bool IsFast => !(Speedup?.best < LeastSpeedup) && !(OverProducts?.best > MostOverProducts);

    /// <summary>The learning rates of the ten best trials, the lowest and the highest.</summary>
    public (double low, double high) BestRates
    {
        get
        {
            double[] rates = [.. Found.Ranked.Take(10).Select(Found.Settings.Space.LearningRate.Of)];
            return (rates.Min(), rates.Max());
        }
    }

    /// <summary>Whether the search found what it is to find on MNIST.</summary>
    public bool IsFound => Found.Winner?.Value >= LeastAccuracy && BestRates.low >= LowestRate && BestRates.high <= HighestRate;

    private static (double best, double median)? Ratio(IReadOnlyList<double> above, IReadOnlyList<double> below) =>
        above.Count == 0 || below.Count == 0 ? null : (above.Min() / below.Min(), TimedCheck.MedianOf(above) / TimedCheck.MedianOf(below));
}
