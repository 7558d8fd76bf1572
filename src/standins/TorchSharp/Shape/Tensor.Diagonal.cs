using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Diagonals and triangles.
    public partial class Tensor
    {
        public Tensor diag(long diagonal = 0) => Run("diag", this, diagonal);

        public Tensor diagflat(long offset = 0) => Run("diagflat", this, offset);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Run("diagonal", this, offset, dim1, dim2);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Run("diag_embed", this, offset, dim1, dim2);

        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) => Run("diagonal_scatter", this, src, offset, dim1, dim2);

        public Tensor tril(long diagonal = 0) => Run("tril", this, diagonal);

        public Tensor tril_(long diagonal = 0) => RunInPlace("tril_", this, diagonal);

        public Tensor triu(long diagonal = 0) => Run("triu", this, diagonal);

        public Tensor triu_(long diagonal = 0) => RunInPlace("triu_", this, diagonal);

        public static Tensor block_diag(params Tensor[] tensors) => torch.block_diag(tensors);
    }
}
