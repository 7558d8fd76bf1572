using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Parts of a tensor along a dimension, as views, and tensors with such a part replaced.
    public partial class Tensor
    {
        public Tensor select(long dim, long index) => Run("select.int", this, dim, index);

        public Tensor narrow(long dim, long start, long length) => Run("narrow", this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step) => Run("slice.Tensor", this, dim, start, finish, step);

        public Tensor select_scatter(Tensor src, long dim, long index) => Run("select_scatter", this, src, dim, index);

        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) => Run("slice_scatter", this, src, dim, start, end, step);

        public Tensor nonzero() => Run("nonzero", this);

        public IList<Tensor> nonzero_as_list() => RunList("nonzero_numpy", this);

        public Tensor argwhere() => Run("argwhere", this);

        public Tensor where(Tensor condition, Tensor y) => Run("where.self", condition, this, y);
    }
}
