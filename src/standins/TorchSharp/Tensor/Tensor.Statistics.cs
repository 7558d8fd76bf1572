using static TorchSharp.Engine.Op;
using static TorchSharp.Engine.Results;

namespace TorchSharp;

public static partial class torch
{
    // Spread, position and counts.
    public partial class Tensor
    {
        public Tensor var(bool unbiased = true) => Run("var", this, unbiased);

        /// <summary>Takes a type and ignores it, as TorchSharp does in this whole family.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(new[] { dim }, unbiased, keepdim, type);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Run("var.dim", this, dimensions, unbiased, keepdim);
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(dimensions.ToArray(), unbiased, keepdim, type);
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);

        public Tensor std(bool unbiased = true) => Run("std", this, unbiased);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std(new[] { dim }, unbiased, keepdim, type);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Run("std.dim", this, dimensions, unbiased, keepdim);
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std(dimensions.ToArray(), unbiased, keepdim, type);
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Two(RunMany("var_mean", this, unbiased));
        public (Tensor @var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var_mean(new[] { dim }, unbiased, keepdim, type);
        public (Tensor @var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Two(RunMany("var_mean.dim", this, dimensions, unbiased, keepdim));
        public (Tensor @var, Tensor mean) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var_mean(dimensions.ToArray(), unbiased, keepdim, type);
        public (Tensor @var, Tensor mean) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var_mean(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public (Tensor @var, Tensor mean) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var_mean(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Two(RunMany("std_mean", this, unbiased));
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std_mean(new[] { dim }, unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Two(RunMany("std_mean.dim", this, dimensions, unbiased, keepdim));
        public (Tensor std, Tensor mean) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std_mean(dimensions.ToArray(), unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std_mean(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std_mean(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);

        public Tensor median() => Run("median", this);
        public Tensor nanmedian() => Run("nanmedian", this);
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => Two(RunMany("mode", this, dim, keepdim));
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Run("quantile", this, q, dim, keepdim);
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => Run("nanquantile", this, q, dim, keepdim);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => Two(RunMany("kthvalue", this, k, dim ?? -1, keepdim));
        public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Run("histc", this, bins, min, max);
        public Tensor bincount(Tensor weights, long minlength = 0) => Run("bincount", this, weights, minlength);
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => Run("cov", this, correction, fweights, aweights);
        public Tensor corrcoef() => Run("corrcoef", this);
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Run("bucketize.Tensor", this, boundaries, outInt32, right);
    }
}
