using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // One tensor into several: views of its parts.
    public partial class Tensor
    {
        public Tensor[] split(long size, int dim = 0) => RunList("split.Tensor", this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => RunList("split_with_sizes", this, sizes, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => RunList("split_with_sizes", this, sizes.ToArray(), dim);

        public Tensor[] split(params long[] sizes) => RunList("split_with_sizes", this, sizes);

        public Tensor[] chunk(long chunks, long dim = 0) => RunList("chunk", this, chunks, dim);

        public Tensor[] unbind(long dimension = 0) => RunList("unbind.int", this, dimension);

        public Tensor[] tensor_split(long size, long dim = 0) => RunList("tensor_split.sections", this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) => RunList("tensor_split.indices", this, sizes, dim);

        public Tensor[] tensor_split(Tensor indices, long dim = 0) => RunList("tensor_split.tensor_indices_or_sections", this, indices, dim);

        public Tensor[] hsplit(long size) => RunList("hsplit.int", this, size);

        public Tensor[] hsplit(Tensor indices) => tensor_split(indices, Dimensions == 1 ? 0 : 1);

        public Tensor[] hsplit(params long[] sizes) => RunList("hsplit.array", this, sizes);

        public Tensor[] vsplit(long size) => RunList("vsplit.int", this, size);

        public Tensor[] vsplit(Tensor indices) => tensor_split(indices, 0);

        public Tensor[] vsplit(params long[] sizes) => RunList("vsplit.array", this, sizes);

        public Tensor[] dsplit(long size) => RunList("dsplit.int", this, size);

        public Tensor[] dsplit((long, long, long, long) indices_or_sections) => RunList("dsplit.array", this, (long[])[indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4]);

        public Tensor[] dsplit((long, long, long) indices_or_sections) => RunList("dsplit.array", this, (long[])[indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3]);

        public Tensor[] dsplit((long, long) indices_or_sections) => RunList("dsplit.array", this, (long[])[indices_or_sections.Item1, indices_or_sections.Item2]);

        public Tensor[] dsplit(Tensor indices) => tensor_split(indices, 2);

        public Tensor[] dsplit(params long[] sizes) => RunList("dsplit.array", this, sizes);
    }
}
