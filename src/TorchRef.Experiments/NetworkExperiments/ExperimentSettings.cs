using static TorchSharp.torch;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>What all experiments with networks let you choose.</summary>
public abstract record ExperimentSettings
{
    /// <summary>How many seeds; conclusions from a single one mislead here.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The first seed; the others follow.</summary>
    public long FirstSeed { get; init; }

    /// <summary>Measurements: one after the first update, then one after each pass.</summary>
    public int Epochs { get; init; }

    /// <summary>Threads; null for one a processor. The results don't depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Where to compute; null is the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>The seeds.</summary>
    internal IEnumerable<long> AllSeeds => Enumerable.Range(0, Seeds).Select(i => FirstSeed + i);

    /// <summary>Refuses what means nothing.</summary>
    internal void Check()
    {
        if (Seeds < 1) throw new ArgumentException($"an experiment needs at least one seed: expected {nameof(Seeds)} of at least 1 but got {Seeds}");
        if (Epochs < 1) throw new ArgumentException($"an experiment measures at least once: expected {nameof(Epochs)} of at least 1 but got {Epochs}");
    }
}
