namespace TorchRef.Experiments.Search.Pruning;

/// <summary>Stops a trial whose best accuracy so far lies below the median of the others at the same epoch.</summary>
/// <remarks>Unlike Optuna's pruner of this name it compares with trials that still run too: those that train together are at the same epoch.</remarks>
/// <param name="others">As many others must have got to the epoch.</param>
/// <param name="warmUp">The first epoch at which it decides.</param>
/// <param name="interval">Epochs between decisions.</param>
public sealed class MedianPruner(int others = 5, int warmUp = 10, int interval = 5) : Pruner
{
    private readonly int _others = others;

    /// <inheritdoc />
    public override bool IsDue(int epoch) => epoch >= warmUp && (epoch - warmUp) % interval == 0;

    /// <inheritdoc />
    public override bool Prunes(double own, double best, IReadOnlyList<double> others)
    {
        if (others.Count < _others) return false;
        double[] sorted = [.. others.Order()];
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return best < median;
    }
}
