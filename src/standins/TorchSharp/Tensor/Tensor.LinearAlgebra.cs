using TorchSharp.Engine;
using static TorchSharp.Engine.Op;
using static TorchSharp.Engine.Results;

namespace TorchSharp;

public static partial class torch
{
    // Products of matrices and vectors, and their decompositions.
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Run("matmul", this, target);
        public Tensor mm(Tensor target) => Run("mm", this, target);
        public Tensor bmm(Tensor batch2) => Run("bmm", this, batch2);
        public Tensor mv(Tensor target) => Run("mv", this, target);
        public Tensor dot(Tensor target) => Run("dot", this, target);
        public Tensor vdot(Tensor target) => Run("vdot", this, target);
        public Tensor inner(Tensor vec2) => Run("inner", this, vec2);
        public Tensor outer(Tensor vec2) => Run("outer", this, vec2);
        public Tensor ger(Tensor vec2) => Run("ger", this, vec2);
        public Tensor kron(Tensor other) => Run("kron", this, other);

        public Tensor tensordot(Tensor b, long dims = 2) => tensordot(b, [.. Counted(-dims, dims)], [.. Counted(0, dims)]);
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Run("tensordot", this, b, dims1, dims2);
        public Tensor tensordot(Tensor b, (long, long)[] dims) => tensordot(b, dims.Select(pair => pair.Item1).ToArray(), dims.Select(pair => pair.Item2).ToArray());

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Run("addmm", this, mat1, mat2, Factor(beta), Factor(alpha));
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => RunInPlace("addmm_", this, mat1, mat2, Factor(beta), Factor(alpha));

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Run("addmv", this, mat, vec, Factor(beta), Factor(alpha));
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => RunInPlace("addmv_", this, mat, vec, Factor(beta), Factor(alpha));

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => Run("addr", this, vec1, vec2, Factor(beta), Factor(alpha));
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => RunInPlace("addr_", this, vec1, vec2, Factor(beta), Factor(alpha));

        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Run("addbmm", this, batch1, batch2, Factor(beta), Factor(alpha));
        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => RunInPlace("addbmm_", this, batch1, batch2, Factor(beta), Factor(alpha));

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Run("baddbmm", this, batch1, batch2, Factor(beta), Factor(alpha));
        public Tensor trace() => Run("trace", this);
        public Tensor det() => Run("det", this);
        public Tensor logdet() => Run("logdet", this);
        public Tensor inverse() => Run("inverse", this);
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Run("linalg_pinv", this, rcond, hermitian);
        public Tensor matrix_exp() => Run("matrix_exp", this);
        public Tensor matrix_power(int n) => Run("matrix_power", this, n);
        public Tensor cholesky(bool upper = false) => Run("cholesky", this, upper);
        public Tensor cholesky_inverse(bool upper = false) => Run("cholesky_inverse", this, upper);
        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Run("cholesky_solve", this, input2, upper);
        public (Tensor a, Tensor tau) geqrf() => Two(RunMany("geqrf", this));
        public Tensor ormqr(Tensor tau, Tensor other, bool left = true, bool transpose = false) => Run("ormqr", this, tau, other, left, transpose);

        /// <summary>Powers of the elements, a row each; <paramref name="N"/> of them, as many as there are elements if negative.</summary>
        public Tensor vander(long N = -1, bool increasing = false) => Run("vander", this, N < 0 ? Arg.None : N, increasing);

        private static IEnumerable<long> Counted(long first, long count) => Enumerable.Range(0, (int)count).Select(i => first + i);
    }
}
