using TorchSharp.Engine;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // The factories' other form: this tensor takes the size and the elements, and what it held is lost.
    public partial class Tensor
    {
        public Tensor zeros(params long[] sizes) => Run("zeros.out", sizes, this);

        public Tensor ones(params long[] sizes) => Run("ones.out", sizes, this);

        public Tensor empty(params long[] sizes) => Run("empty.out", sizes, Arg.None, this);

        public Tensor full(long[] sizes, Scalar value) => Run("full.out", sizes, value, this);

        public Tensor full(ReadOnlySpan<long> sizes, Scalar value) => full(sizes.ToArray(), value);

        public Tensor eye(long rows, long columns) => Run("eye.m_out", rows, columns, this);

        public Tensor rand_out(params long[] sizes) => Run("rand.out", sizes, this);

        public Tensor randn_out(params long[] sizes) => Run("randn.out", sizes, this);

        public Tensor randint_out(long high, long[] sizes) => Run("randint.out", high, sizes, this);

        public Tensor randperm_out(long n) => Run("randperm.out", n, this);

        public Tensor arange_out(Scalar start, Scalar stop, Scalar step) => Run("arange.start_out", start, stop, step, this);
    }
}
