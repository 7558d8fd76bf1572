using TorchSharp.Engine;
using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Tensors of another shape and, where nothing else is asked for, of the type of this one and on its device.
    public partial class Tensor
    {
        public Tensor new_zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_zeros", this, (long[])[dim0, dim1, dim2, dim3], dtype, Arg.None, device), requires_grad);

        public Tensor new_zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_zeros", this, (long[])[dim0, dim1, dim2], dtype, Arg.None, device), requires_grad);

        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_zeros", this, (long[])[rows, columns], dtype, Arg.None, device), requires_grad);

        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_zeros", this, (long[])[size], dtype, Arg.None, device), requires_grad);

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_zeros", this, size, dtype, Arg.None, device), requires_grad);

        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_zeros", this, size.ToArray(), dtype, Arg.None, device), requires_grad);

        public Tensor new_ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_ones", this, (long[])[dim0, dim1, dim2, dim3], dtype, Arg.None, device), requires_grad);

        public Tensor new_ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_ones", this, (long[])[dim0, dim1, dim2], dtype, Arg.None, device), requires_grad);

        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_ones", this, (long[])[rows, columns], dtype, Arg.None, device), requires_grad);

        public Tensor new_ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_ones", this, (long[])[size], dtype, Arg.None, device), requires_grad);

        public Tensor new_empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_empty", this, (long[])[dim0, dim1, dim2, dim3], dtype, Arg.None, device), requires_grad);

        public Tensor new_empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_empty", this, (long[])[dim0, dim1, dim2], dtype, Arg.None, device), requires_grad);

        public Tensor new_empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_empty", this, (long[])[rows, columns], dtype, Arg.None, device), requires_grad);

        public Tensor new_empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_empty", this, (long[])[size], dtype, Arg.None, device), requires_grad);

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_empty", this, size, dtype, Arg.None, device), requires_grad);

        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_empty", this, size.ToArray(), dtype, Arg.None, device), requires_grad);

        public Tensor new_full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_full", this, (long[])[dim0, dim1, dim2, dim3], value, dtype, Arg.None, device), requires_grad);

        public Tensor new_full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_full", this, (long[])[dim0, dim1, dim2], value, dtype, Arg.None, device), requires_grad);

        public Tensor new_full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_full", this, (long[])[rows, columns], value, dtype, Arg.None, device), requires_grad);

        public Tensor new_full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_full", this, (long[])[size], value, dtype, Arg.None, device), requires_grad);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_full", this, size, value, dtype, Arg.None, device), requires_grad);

        public Tensor new_full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Run("new_full", this, size.ToArray(), value, dtype, Arg.None, device), requires_grad);
    }
}
