using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>How many threads an operator takes.</summary>
internal static class OperatorThreads
{
    /// <summary>Settles the number for the calling thread, so that all that it computes is computed alike.</summary>
    /// <remarks>
    /// libtorch sets it for a thread when that first asks for it or shares out an operator. A matrix product before that takes as many
    /// threads as OpenMP has, which may be another number, and sums in another order: the last bits differ.
    /// </remarks>
    public static void Settle() => _ = get_num_threads();
}
