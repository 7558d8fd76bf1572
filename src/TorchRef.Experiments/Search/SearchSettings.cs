using TorchRef.Experiments.Search.Spaces;

namespace TorchRef.Experiments.Search;

/// <summary>A random search; the defaults are the study notes'.</summary>
public sealed record SearchSettings
{
    /// <summary>What is searched.</summary>
    public SearchSpace Space { get; init; } = new();

    /// <summary>Finished trials of the study in all, by whomever: complete or pruned.</summary>
    public int Trials { get; init; } = 100;

    /// <summary>Measurements of a trial, one pass apart; the first comes after one update.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>Rounds that share the trials; after each the ranges are narrowed. 1 by default: no narrowing.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>The share of a round's trials that the next ranges are made of.</summary>
    public double BestShare { get; init; } = 0.2;

    /// <summary>Images of the training set that are used; the first ones.</summary>
    public int Images { get; init; } = 500;

    /// <summary>The share of them, after shuffling, that validates.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>The seed of the split, of the draws, of initial weights and of mini-batches.</summary>
    public long Seed { get; init; }

    /// <summary>none, median or halving.</summary>
    public string Pruner { get; init; } = "none";

    /// <summary>Trials that a process takes at once; null for as many as fill its threads. A kill costs as many at most.</summary>
    public int? Chunk { get; init; }

    /// <summary>Threads; null for one a processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Where to compute; null is the CPU.</summary>
    public TorchSharp.torch.Device? Device { get; init; }

    /// <summary>Refuses what can't be searched.</summary>
    /// <exception cref="SearchException">A number is out of range.</exception>
    public void Check()
    {
        RequireAtLeast(1, Trials, "trials");
        RequireAtLeast(1, Epochs, "epochs");
        RequireAtLeast(1, Rounds, "rounds");
        RequireAtLeast(Rounds, Trials, "trials of as many rounds");
        RequireAtLeast(2, Images, "images");
        RequireAtLeast(1, Chunk ?? 1, "trials at once");
        RequireAtLeast(1, Threads ?? 1, "threads");
        if (!(BestShare is > 0 and <= 1)) throw new SearchException(FormattableString.Invariant($"the best share of a round is a part of it: expected more than 0 and at most 1 but got {BestShare}"));
        if (!(ValidationShare is > 0 and < 1)) throw new SearchException(FormattableString.Invariant($"the validation split is a part of the images: expected more than 0 and less than 1 but got {ValidationShare}"));
        _ = Pruning.Pruner.Named(Pruner, Epochs);
    }

    private static void RequireAtLeast(int least, int value, string what)
    {
        if (value < least) throw new SearchException($"there must be enough {what}: expected at least {least} but got {value}");
    }
}
