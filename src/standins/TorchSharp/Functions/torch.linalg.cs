using TorchSharp.Engine;
using static TorchSharp.Engine.Op;
using static TorchSharp.Engine.Results;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        /// <summary>Which parts of a QR decomposition are computed.</summary>
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static Tensor cholesky(Tensor input) => Run("linalg_cholesky", input);
        public static (Tensor L, Tensor info) cholesky_ex(Tensor input, bool check_errors = false) => Two(RunMany("linalg_cholesky_ex", input, false, check_errors));

        public static Tensor cond(Tensor input) => Run("linalg_cond", input);
        public static Tensor cond(Tensor input, double p) => Run("linalg_cond", input, p);
        public static Tensor cond(Tensor input, int p) => Run("linalg_cond", input, p);
        public static Tensor cond(Tensor input, string p) => Run("linalg_cond.p_str", input, p);

        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Run("linalg_cross", input, other, dim);
        public static Tensor det(Tensor input) => Run("linalg_det", input);
        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) => Run("linalg_diagonal", input, offset, dim1, dim2);
        public static (Tensor, Tensor) eig(Tensor input) => Two(RunMany("linalg_eig", input));
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Two(RunMany("linalg_eigh", input, UPLO.ToString()));
        public static Tensor eigvals(Tensor input) => Run("linalg_eigvals", input);
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Run("linalg_eigvalsh", input, UPLO.ToString());
        public static Tensor householder_product(Tensor A, Tensor tau) => Run("linalg_householder_product", A, tau);
        public static Tensor inv(Tensor input) => Run("linalg_inv", input);
        public static (Tensor L, Tensor info) inv_ex(Tensor input, bool check_errors = false) => Two(RunMany("linalg_inv_ex", input, check_errors));
        public static (Tensor LU, Tensor Pivots) ldl_factor(Tensor input, bool hermitian = true) => Two(RunMany("linalg_ldl_factor", input, hermitian));
        public static (Tensor LU, Tensor Pivots, Tensor Info) ldl_factor_ex(Tensor input, bool hermitian = true, bool check_errors = false) => Three(RunMany("linalg_ldl_factor_ex", input, hermitian, check_errors));
        public static Tensor ldl_solve(Tensor LD, Tensor pivots, Tensor B, bool hermitian = false) => Run("linalg_ldl_solve", LD, pivots, B, hermitian);

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) => Four(RunMany("linalg_lstsq", input, other));
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other, double rcond) => Four(RunMany("linalg_lstsq", input, other, rcond));

        public static (Tensor P, Tensor L, Tensor U) lu(Tensor input, bool pivot = true) => Three(RunMany("linalg_lu", input, pivot));
        public static (Tensor LU, Tensor Pivots) lu_factor(Tensor input, bool pivot = true) => Two(RunMany("linalg_lu_factor", input, pivot));
        public static Tensor lu_solve(Tensor LU, Tensor pivots, Tensor B, bool left = true, bool adjoint = false, Tensor? @out = null) => @out is null ? Run("linalg_lu_solve", LU, pivots, B, left, adjoint) : RunInto(@out, "linalg_lu_solve.out", LU, pivots, B, left, adjoint, @out);
        public static Tensor matrix_exp(Tensor input) => Run("linalg_matrix_exp", input);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Run("linalg_matrix_norm", input, ord, dims ?? [-2, -1], keepdim);
        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) => Run("linalg_matrix_norm.str_ord", input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) => Run("linalg_matrix_rank.atol_rtol_float", input, atol, rtol, hermitian);
        public static Tensor matrix_rank(Tensor input, Tensor atol, Tensor? rtol = null, bool hermitian = false) => Run("linalg_matrix_rank.atol_rtol_tensor", input, atol, rtol, hermitian);

        public static Tensor multi_dot(IList<Tensor> tensors) => Run("linalg_multi_dot", tensors.ToArray());

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Run("linalg_norm", input, ord, dims, keepdim);
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) => Run("linalg_norm", input, ord, dims, keepdim);
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => Run("linalg_norm", input, Arg.None, dims, keepdim);
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) => Run("linalg_norm.ord_str", input, ord, dims, keepdim);

        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) => Run("linalg_pinv.atol_rtol_float", input, atol, rtol, hermitian);
        public static Tensor pinv(Tensor input, Tensor atol, Tensor? rtol = null, bool hermitian = false) => Run("linalg_pinv.atol_rtol_tensor", input, atol, rtol, hermitian);

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => Two(RunMany("linalg_qr", input, mode.ToString().ToLowerInvariant()));
        public static (Tensor, Tensor) slogdet(Tensor input) => Two(RunMany("linalg_slogdet", input));
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Run("linalg_solve", A, B, left);
        public static (Tensor result, Tensor info) solve_ex(Tensor A, Tensor B, bool left = true, bool check_errors = false) => Two(RunMany("linalg_solve_ex", A, B, left, check_errors));
        public static Tensor solve_triangular(Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null) => @out is null ? Run("linalg_solve_triangular", A, B, upper, left, unitriangular) : RunInto(@out, "linalg_solve_triangular.out", A, B, upper, left, unitriangular, @out);
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => Three(RunMany("linalg_svd", input, fullMatrices));
        public static Tensor svdvals(Tensor input) => Run("linalg_svdvals", input);
        public static Tensor tensorinv(Tensor input, long ind) => Run("linalg_tensorinv", input, ind);
        public static Tensor tensorsolve(Tensor A, Tensor B, long[] dims) => Run("linalg_tensorsolve", A, B, dims);
        public static Tensor vander(Tensor input, long? N = null) => Run("linalg_vander", input, N);
        public static Tensor vecdot(Tensor x, Tensor y, long dim = -1, Tensor? @out = null) => @out is null ? Run("linalg_vecdot", x, y, dim) : RunInto(@out, "linalg_vecdot.out", x, y, dim, @out);
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) => Run("linalg_vector_norm", input, ord, dims, keepdim);
    }
}
