using static TorchSharp.Engine.Op;
using static TorchSharp.Engine.Results;

namespace TorchSharp;

public static partial class torch
{
    // Running totals along a dimension, and what is built from them.
    public partial class Tensor
    {
        public Tensor cumsum(long dim, ScalarType? type = null) => Run("cumsum", this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => Run("cumprod", this, dim, type);
        public (Tensor values, Tensor indexes) cummax(long dim) => Two(RunMany("cummax", this, dim));
        public (Tensor values, Tensor indexes) cummin(long dim) => Two(RunMany("cummin", this, dim));
        public Tensor logcumsumexp(long dim) => Run("logcumsumexp", this, dim);
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => Run("diff", this, n, dim, prepend, append);

        public Tensor trapezoid(double dx = 1, long dim = -1) => Run("trapezoid.dx", this, dx, dim);
        public Tensor trapezoid(Tensor x, long dim = -1) => Run("trapezoid.x", this, x, dim);

        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) => Run("cumulative_trapezoid.dx", this, dx, dim);
        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => Run("cumulative_trapezoid.x", this, x, dim);

        public Tensor renorm(float p, long dim, float maxnorm) => Run("renorm", this, Factor(p), dim, Factor(maxnorm));
    }
}
