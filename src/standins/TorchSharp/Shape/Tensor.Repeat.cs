using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Elements more than once.
    public partial class Tensor
    {
        public Tensor repeat(params long[] sizes) => Run("repeat", this, sizes);

        public Tensor tile(long[] reps) => Run("tile", this, reps);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Run("repeat_interleave.self_int", this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => Run("repeat_interleave.self_Tensor", this, repeats, dim, output_size);
    }
}
