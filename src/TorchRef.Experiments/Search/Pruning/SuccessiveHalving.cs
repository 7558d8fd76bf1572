namespace TorchRef.Experiments.Search.Pruning;

/// <summary>Asynchronous successive halving: at each rung a trial goes on if it is among the best share of those that got there.</summary>
/// <remarks>
/// Rungs are after <paramref name="first"/> epochs, then each time <paramref name="reduction"/> times as many. Nobody waits for others: a trial is compared with those
/// that reached the rung until then, and the first ones of a rung go on. Source: Li et al., A System for Massively Parallel
/// Hyperparameter Tuning, 2020.
/// </remarks>
/// <param name="first">Epochs up to the first rung, at least 1.</param>
/// <param name="reduction">One in so many goes on, at least 2.</param>
public sealed class SuccessiveHalving(int first, int reduction = 3) : Pruner
{
    private readonly int _first = first >= 1 ? first : throw new ArgumentOutOfRangeException(nameof(first), $"a rung comes after an epoch: expected at least 1 but got {first}");
    private readonly int _reduction = reduction >= 2 ? reduction : throw new ArgumentOutOfRangeException(nameof(reduction), $"a rung lets through a part: expected at least 2 but got {reduction}");

    /// <inheritdoc />
    public override bool IsDue(int epoch) => IsRung(epoch + 1);

    /// <inheritdoc />
    public override bool Prunes(double own, double best, IReadOnlyList<double> others)
    {
        if (others.Count + 1 < _reduction) return false;
        var through = (others.Count + 1) / _reduction;
        return others.Count(other => other > own) >= through;
    }

    private bool IsRung(long epochs)
    {
        long rung = _first;
        while (rung < epochs) rung *= _reduction;
        return rung == epochs;
    }
}
