using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Dimensions and elements in another order.
    public partial class Tensor
    {
        /// <summary>The dimensions in reverse.</summary>
        public Tensor T => Run("numpy_T", this);

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => Run("mT", this);

        /// <summary>A matrix transposed and conjugated.</summary>
        public Tensor H => Run("matrix_H", this);

        /// <summary>The last two dimensions exchanged, conjugated.</summary>
        public Tensor mH => Run("mH", this);

        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        public Tensor permute(params long[] permutation) => Run("permute", this, permutation);

        public Tensor transpose(long dim0, long dim1) => Run("transpose.int", this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => RunInPlace("transpose_", this, dim0, dim1);

        public Tensor t() => Run("t", this);

        public Tensor swapaxes(long dim0, long dim1) => Run("swapaxes", this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => Run("swapdims", this, dim0, dim1);

        public Tensor movedim(long[] source, long[] destination) => Run("movedim.intlist", this, source, destination);

        public Tensor moveaxis(long[] source, long[] destination) => Run("moveaxis.intlist", this, source, destination);

        public Tensor adjoint() => Run("adjoint", this);

        public Tensor flip(params long[] dims) => Run("flip", this, dims);

        public Tensor fliplr() => Run("fliplr", this);

        public Tensor flipud() => Run("flipud", this);

        public Tensor roll(long shifts, long? dims = null) => Run("roll", this, (long[])[shifts], dims is { } d ? (long[])[d] : []);

        public Tensor roll(long[] shifts) => Run("roll", this, shifts);

        public Tensor roll(long[] shifts, long[] dims) => Run("roll", this, shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Run("roll", this, shifts.ToArray(), dims.ToArray());

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => Run("roll", this, (long[])[shifts.Item1, shifts.Item2, shifts.Item3], (long[])[dims.Item1, dims.Item2, dims.Item3]);

        public Tensor roll((long, long) shifts, (long, long) dims) => Run("roll", this, (long[])[shifts.Item1, shifts.Item2], (long[])[dims.Item1, dims.Item2]);

        public Tensor rot90(long k = 1, (long, long)? dims = null) => Run("rot90", this, k, (long[])[dims?.Item1 ?? 0, dims?.Item2 ?? 1]);

        public Tensor channel_shuffle(long groups) => Run("channel_shuffle", this, groups);
    }
}
