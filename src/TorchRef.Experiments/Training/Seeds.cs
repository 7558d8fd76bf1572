namespace TorchRef.Experiments.Training;

/// <summary>
/// Seeds of seeds: every random thing of a training draws from a generator of its own, whose seed follows from that of the
/// replica, from what the numbers are for and from the epoch. So a resumed training needs no generator's state to go on
/// with the same numbers, and no replica's numbers depend on how many others there are.
/// </summary>
internal static class Seeds
{
    public const long Weights = 1, Batches = 2, Dropout = 3, Sampling = 4;

    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A seed that looks nothing like those of the neighbours (SplitMix64); never 0, which a generator takes for "none".</summary>
    public static ulong Derive(long seed, long purpose, long index = 0)
    {
        var mixed = Mix(Mix(Mix((ulong)seed) + (ulong)purpose) + (ulong)index) >> 1; // libtorch reports seeds as signed numbers
        return mixed == 0 ? 1 : mixed;
    }

    private static ulong Mix(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
