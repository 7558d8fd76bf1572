using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>Which examples the updates of an epoch are made of: drawn with replacement, as in the code that the study notes retell.</summary>
internal static class MiniBatches
{
    /// <summary>The draw of an epoch, which depends on nothing but what is given here.</summary>
    /// <returns>Indices of examples [updates, size], int64, on the CPU.</returns>
    public static Tensor Draw(long seed, int epoch, int updates, int size, int examples)
    {
        using var generator = new Generator(Seeds.Derive(seed, Seeds.Batches, epoch));
        return randint(examples, [updates, (long)size], ScalarType.Int64, CPU, generator: generator);
    }
}
