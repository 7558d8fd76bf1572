namespace TorchRef.Cli.Bench;

/// <summary>Seconds of each round; a round times all of them one after the other.</summary>
/// <param name="Together">All 32 networks trained together.</param>
/// <param name="OneByOne">The same in plain PyTorch, one after the other; empty without Python.</param>
/// <param name="Products">Their matrix products alone, shared out to the cores; empty without Python.</param>
/// <param name="Threads">How many threads each may use.</param>
internal sealed record ExperimentsResult(IReadOnlyList<double> Together, IReadOnlyList<double> OneByOne, IReadOnlyList<double> Products, int Threads)
{
    /// <summary>How many times as fast as one by one, in the best rounds and in the median ones; null without Python.</summary>
    public (double best, double median)? Speedup => Ratio(OneByOne, Together);

    /// <summary>How many times as long as the products alone, in the best rounds and in the median ones; null without Python.</summary>
    public (double best, double median)? OverProducts => Ratio(Together, Products);

    private static (double best, double median)? Ratio(IReadOnlyList<double> above, IReadOnlyList<double> below) =>
        above.Count == 0 || below.Count == 0 ? null : (above.Min() / below.Min(), TimedCheck.MedianOf(above) / TimedCheck.MedianOf(below));
}
