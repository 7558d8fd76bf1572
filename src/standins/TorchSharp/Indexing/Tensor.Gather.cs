using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Elements at positions that other tensors hold.
    public partial class Tensor
    {
        public Tensor gather(long dim, Tensor index) => Run("gather", this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Run("scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => RunInPlace("scatter_.src", this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Run("scatter_add", this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => RunInPlace("scatter_add_", this, dim, index, src);

        public Tensor index_select(long dim, Tensor index) => Run("index_select", this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Run("index_add", this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => RunInPlace("index_add_", this, dim, index, source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Run("index_copy", this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => RunInPlace("index_copy_", this, dim, index, source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Run("index_fill.int_Scalar", this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => RunInPlace("index_fill_.int_Scalar", this, dim, index, value);

        public Tensor masked_fill(Tensor mask, Scalar value) => Run("masked_fill.Scalar", this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => RunInPlace("masked_fill_.Scalar", this, mask, value);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Run("masked_scatter", this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => RunInPlace("masked_scatter_", this, mask, value);

        public Tensor masked_select(Tensor mask) => Run("masked_select", this, mask);

        public Tensor take(Tensor index) => Run("take", this, index);

        public Tensor take_along_dim(IEnumerable<long> indices) => take_along_dim(Positions(indices));

        public Tensor take_along_dim(IEnumerable<long> indices, long dim) => take_along_dim(Positions(indices), dim);

        public Tensor take_along_dim(Tensor indices) => Run("take_along_dim", this, indices);

        public Tensor take_along_dim(Tensor indices, long dim) => Run("take_along_dim", this, indices, dim);

        private Tensor Positions(IEnumerable<long> indices) => tensor(indices.ToArray(), device: device);
    }
}
