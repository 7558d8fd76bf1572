using TorchRef.Experiments.Data;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Running;

/// <summary>What the user asks of an experiment; what is left open is the experiment's to choose.</summary>
public sealed record RunRequest
{
    /// <summary>The first seed; the others follow it. 0 by default.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many seeds; null, the default, leaves it to the experiment.</summary>
    public int? Seeds { get; init; }

    /// <summary>How many epochs to train; null, the default, leaves it to the experiment.</summary>
    public int? Epochs { get; init; }

    /// <summary>Whether less is enough, so that all experiments together take a minute or two; false by default.</summary>
    public bool Quick { get; init; }

    /// <summary>Where to compute; the CPU by default.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>The images, loaded or drawn when first asked for.</summary>
    public Lazy<DigitData> Digits { get; init; } = new(() => DigitData.LoadOrSynthesize());

    /// <summary>The seeds to run.</summary>
    /// <param name="usual">How many when none were asked for.</param>
    /// <param name="quick">How many when none were asked for and <see cref="Quick"/> is set.</param>
    /// <returns><see cref="Seed"/>, <see cref="Seed"/> + 1, …</returns>
    /// <exception cref="ArgumentException">Fewer than one were asked for.</exception>
    public IReadOnlyList<ulong> SeedsOr(int usual, int quick)
    {
        int count = AtLeastOne(Seeds ?? (Quick ? quick : usual), "seeds");
        return [.. Enumerable.Range(0, count).Select(i => unchecked(Seed + (ulong)i))];
    }

    /// <summary>How many epochs to train.</summary>
    /// <param name="usual">How many when none were asked for.</param>
    /// <param name="quick">How many when none were asked for and <see cref="Quick"/> is set.</param>
    /// <exception cref="ArgumentException">Fewer than one were asked for.</exception>
    public int EpochsOr(int usual, int quick) => AtLeastOne(Epochs ?? (Quick ? quick : usual), "epochs");

    private static int AtLeastOne(int count, string what) =>
        count >= 1 ? count : throw new ArgumentException($"An experiment runs: expected at least 1 for the number of {what} but got {count}");
}
