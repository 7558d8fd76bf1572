namespace TorchRef.Experiments.Search.Pruning;

/// <summary>Decides which trials stop early.</summary>
public abstract class Pruner
{
    /// <summary>Whether it decides at this measurement.</summary>
    /// <param name="epoch">From 0.</param>
    public abstract bool IsDue(int epoch);

    /// <summary>Whether a trial stops.</summary>
    /// <param name="own">Its accuracy at this epoch.</param>
    /// <param name="best">Its best accuracy so far.</param>
    /// <param name="others">The accuracies at this epoch of all other trials of the study that got there, finished or not.</param>
    public abstract bool Prunes(double own, double best, IReadOnlyList<double> others);

    /// <summary>The pruner of that name: none, median or halving.</summary>
    /// <exception cref="SearchException">There is none.</exception>
    public static Pruner? Named(string name, int epochs) => name switch
    {
        "none" => null,
        "median" => new MedianPruner(),
        "halving" => new SuccessiveHalving(Math.Max(1, epochs / 9)),
        _ => throw new SearchException($"a pruner must be known: expected none, median or halving but got '{name}'"),
    };
}
