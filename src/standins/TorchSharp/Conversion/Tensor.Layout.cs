using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Other kinds of memory, and what doesn't fit a .NET element type.
    public partial class Tensor
    {
        public Tensor to_dense() => Run("to_dense", this);

        /// <summary>The positions of a sparse tensor's values.</summary>
        public Tensor SparseIndices => Run("_indices", this);

        public Tensor SparseValues => Run("_values", this);

        public bool is_pinned() => RunScalar("is_pinned", this).Integer != 0;

        /// <summary>A copy in memory that a GPU reads directly.</summary>
        public Tensor pin_memory() => Run("pin_memory", this);

        /// <summary>Converts with a function such as <see cref="FloatTensor"/>.</summary>
        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public float ReadCpuBFloat16(long i)
        {
            using var flat = Run("reshape", this, (long[])[-1]);
            using var element = flat[i];
            return element.ToSingle();
        }
    }
}
