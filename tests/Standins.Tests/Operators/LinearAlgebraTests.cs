using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class LinearAlgebraTests
{
    private static Tensor A() => Near.Matrix(new double[,] { { 4, 1 }, { 1, 3 } });

    private static Tensor B() => Near.Matrix(new double[,] { { 1, 2 }, { 3, 4 } });

    [Fact]
    public void Matrices_and_vectors_multiply()
    {
        Near.Equal([7, 12, 10, 14], A().mm(B()));
        Near.Equal([7, 12, 10, 14], torch.matmul(A(), B()));
        Near.Equal([6, 7], A().mv(Near.Doubles(1, 2)));
        Near.Equal([6, 7], A().matmul(Near.Doubles(1, 2)));
        Near.Equal(11, Near.Doubles(1, 2).dot(Near.Doubles(3, 4)));
        Near.Equal([3, 4, 6, 8], Near.Doubles(1, 2).outer(Near.Doubles(3, 4)));
        Near.Equal([7, 12, 10, 14], A().unsqueeze(0).bmm(B().unsqueeze(0)));
        Near.Equal([7, 12, 10, 14], einsum("ij,jk->ik", A(), B()));
    }

    [Fact]
    public void A_product_is_added_with_factors()
    {
        var sum = ones(2, 2, dtype: ScalarType.Float64);
        Near.Equal([8, 13, 11, 15], sum.addmm(A(), B()));
        Near.Equal([0.5 + 14, 0.5 + 24, 0.5 + 20, 0.5 + 28], torch.addmm(sum, A(), B(), 0.5f, 2));
        Near.Equal([7, 8], Near.Doubles(1, 1).addmv(A(), Near.Doubles(1, 2)));
        Near.Equal([4, 5, 7, 9], sum.addr(Near.Doubles(1, 2), Near.Doubles(3, 4)));
        Near.Equal([8, 13, 11, 15], sum.addmm_(A(), B()));
        Near.Equal([8, 13, 11, 15], sum);
    }

    [Fact]
    public void Matrices_of_whole_numbers_stay_whole()
    {
        var one = ones(2, 2, dtype: ScalarType.Int64);
        var sum = one.addmm(one, one, beta: 3, alpha: 2);
        Assert.Equal(ScalarType.Int64, sum.dtype);
        Near.Equal([7, 7, 7, 7], sum);
    }

    [Fact]
    public void Contractions_name_their_dimensions()
    {
        Near.Equal([7, 12, 10, 14], A().tensordot(B(), [1], [0]));
        Near.Equal([7, 12, 10, 14], torch.tensordot(A(), B(), [(1L, 0L)]));
        Near.Equal(4 + 2 + 3 + 12, A().tensordot(B(), [0, 1], [0, 1]));
    }

    [Fact]
    public void A_matrix_has_a_trace_a_determinant_and_an_inverse()
    {
        Near.Equal(7, A().trace());
        Near.Equal(11, A().det());
        Near.Equal(Math.Log(11), A().logdet());
        Near.Equal([3 / 11.0, -1 / 11.0, -1 / 11.0, 4 / 11.0], A().inverse());
        Near.Equal([3 / 11.0, -1 / 11.0, -1 / 11.0, 4 / 11.0], linalg.inv(A()));
        Near.Equal([3 / 11.0, -1 / 11.0, -1 / 11.0, 4 / 11.0], linalg.pinv(A()));
        Near.Equal([17, 7, 7, 10], A().matrix_power(2));
        var (sign, logarithm) = torch.slogdet(-B());
        Near.Equal(-1, sign);
        Near.Equal(Math.Log(2), logarithm);
    }

    [Fact]
    public void Equations_are_solved()
    {
        Near.Equal([1, 2], linalg.solve(A(), Near.Doubles(6, 7)));
        Near.Equal([1, 2], linalg.lstsq(A(), Near.Matrix(new double[,] { { 6 }, { 7 } })).Solution);
        Near.Equal([1, 2], linalg.solve_triangular(Near.Matrix(new double[,] { { 2, 0 }, { 1, 3 } }), Near.Matrix(new double[,] { { 2 }, { 7 } }), upper: false));
        var factor = linalg.cholesky(A());
        Near.Equal([1, 2], Near.Matrix(new double[,] { { 6 }, { 7 } }).cholesky_solve(factor));
    }

    [Fact]
    public void Decompositions_multiply_back()
    {
        var factor = linalg.cholesky(A());
        Near.Equal([4, 1, 1, 3], factor.mm(factor.t()));
        var (q, r) = linalg.qr(B());
        Near.Equal([1, 2, 3, 4], q.mm(r));
        Near.Equal([1, 0, 0, 1], q.t().mm(q));
        var (u, s, vh) = linalg.svd(B());
        Near.Equal([1, 2, 3, 4], u.mul(s).mm(vh));
        Near.Equal(Near.Values(s), linalg.svdvals(B()));
        var (values, vectors) = linalg.eigh(A());
        Near.Equal([4, 1, 1, 3], vectors.mul(values).mm(vectors.t()));
        var (p, l, w) = linalg.lu(B());
        Near.Equal([1, 2, 3, 4], p.mm(l).mm(w));
        Near.Equal(2, linalg.matrix_rank(B()));
    }

    [Fact]
    public void Distances_between_rows_are_found_for_every_pair()
    {
        Near.Equal([0, 5, 5, 0], cdist(Near.Matrix(new double[,] { { 0, 0 }, { 3, 4 } }), Near.Matrix(new double[,] { { 0, 0 }, { 3, 4 } })));
        Near.Equal([7], cdist(Near.Matrix(new double[,] { { 0, 0 } }), Near.Matrix(new double[,] { { 3, 4 } }), 1));
    }

    [Fact]
    public void Powers_of_elements_fall_along_a_row_unless_told_otherwise()
    {
        Near.Equal([4, 2, 1, 9, 3, 1], Near.Doubles(2, 3).vander(3));
        Near.Equal([1, 2, 1, 3], torch.vander(Near.Doubles(2, 3), increasing: true));
    }

    [Fact]
    public void A_wrong_shape_is_an_exception_that_names_it()
    {
        var error = Assert.ThrowsAny<Exception>(() => A().mm(ones(3, 2, dtype: ScalarType.Float64)));
        Assert.Contains("2x2 and 3x2", error.Message);
    }
}
