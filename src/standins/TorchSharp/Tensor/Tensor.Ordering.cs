using static TorchSharp.Engine.Op;
using static TorchSharp.Engine.Results;

namespace TorchSharp;

public static partial class torch
{
    // Sorted elements and distinct ones.
    public partial class Tensor
    {
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Two(RunMany("sort.stable", this, stable, dim, descending));
        public Tensor argsort(long dim = -1, bool descending = false) => Run("argsort", this, dim, descending);
        public Tensor msort() => Run("msort", this);
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Two(RunMany("topk", this, k, dim, largest, sorted));
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) => Distinct(dim is { } d ? RunMany("unique_dim", this, d, sorted, return_inverse, return_counts) : RunMany("_unique2", this, sorted, return_inverse, return_counts), return_inverse, return_counts);
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null) => Distinct(RunMany("unique_consecutive", this, return_inverse, return_counts, dim), return_inverse, return_counts);

        /// <summary>libtorch always returns three tensors; those not asked for are empty, and null here.</summary>
        private static (Tensor output, Tensor? inverse_indices, Tensor? counts) Distinct(Tensor[] parts, bool inverse, bool counts)
        {
            if (!inverse) parts[1].Dispose();
            if (!counts) parts[2].Dispose();
            return (parts[0], inverse ? parts[1] : null, counts ? parts[2] : null);
        }
    }
}
