using static TorchSharp.Engine.Op;
using static TorchSharp.Engine.Results;

namespace TorchSharp;

public static partial class torch
{
    // Many elements to one.
    public partial class Tensor
    {
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum(new[] { dim }, keepdim, type);
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum(new[] { dim0, dim1 }, keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum(new[] { dim0, dim1, dim2 }, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Run("sum.dim_IntList", this, dim, keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Run("sum.dim_IntList", this, dim.ToArray(), keepdim, type);
        public Tensor sum(ScalarType? type = null) => Run("sum", this, type);

        public Tensor nansum() => Run("nansum", this);

        public Tensor mean() => Run("mean", this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Run("mean.dim", this, dimensions, keepdim, type);

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) => Run("nanmean", this, dim is { } d ? new[] { (long)d } : null, keepdim, dtype);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Run("prod.dim_int", this, dim, keepdim, type);
        public Tensor prod(ScalarType? type = null) => Run("prod", this, type);

        public Tensor max() => Run("max", this);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Two(RunMany("max.dim", this, dim, keepdim));
        public Tensor max(Tensor other) => Run("max.other", this, other);

        public Tensor min() => Run("min", this);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Two(RunMany("min.dim", this, dim, keepdim));
        public Tensor min(Tensor other) => Run("min.other", this, other);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null ? Run("amax", this, dims, keepdim) : RunInto(@out, "amax.out", this, dims, keepdim, @out);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim, @out);
        public Tensor amax(params long[] dims) => amax(dims, keepdim: false);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null ? Run("amin", this, dims, keepdim) : RunInto(@out, "amin.out", this, dims, keepdim, @out);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim, @out);
        public Tensor amin(params long[] dims) => amin(dims, keepdim: false);

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => Two(RunMany("aminmax", this, dim, keepdim));

        public Tensor argmax() => Run("argmax", this);
        public Tensor argmax(long dim, bool keepdim = false) => Run("argmax", this, dim, keepdim);

        public Tensor argmin() => Run("argmin", this);
        public Tensor argmin(long dim, bool keepdim = false) => Run("argmin", this, dim, keepdim);

        public Tensor all() => Run("all", this);
        public Tensor all(long dim, bool keepdim = false) => Run("all.dim", this, dim, keepdim);

        public Tensor any() => Run("any", this);
        public Tensor any(long dim, bool keepdim = false) => Run("any.dim", this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Run("count_nonzero", this) : Run("count_nonzero.dim_IntList", this, dims);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Run("norm.ScalarOpt_dim", this, Factor(p), new[] { (long)dim }, keepdim);
        public Tensor norm(float p = 2) => Run("norm.Scalar", this, Factor(p));

        public Tensor dist(Tensor other, float p = 2) => Run("dist", this, other, Factor(p));
        public Tensor logsumexp(long dim, bool keepdim = false) => Run("logsumexp", this, new[] { dim }, keepdim);
    }
}
