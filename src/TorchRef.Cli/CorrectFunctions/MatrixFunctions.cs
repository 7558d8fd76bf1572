using TorchRef.Cli.Faults;
using static TorchSharp.torch;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>Linear algebra, and complex numbers.</summary>
internal static class MatrixFunctions
{
    public static IEnumerable<CorrectFunction> All => [.. Algebra(), .. Algebra().Where((_, number) => number % 2 == 0).Select(function => function.Twice()), .. Scales(), .. Complex(), .. Complex().Where((_, number) => number % 3 == 0).Select(function => function.Twice())];

    private static IEnumerable<CorrectFunction> Algebra()
    {
        yield return Of("inverse", x => x.inverse());
        yield return Of("inverses of a batch", x => linalg.inv(x), () => Sample.Matrix(501, 2, 2, 2));
        yield return Of("determinant", x => x.det());
        yield return Of("log-determinant", x => x.logdet());
        yield return Of("sign and log of the determinant", x => linalg.slogdet(x).Item2);
        yield return Of("Cholesky", x => linalg.cholesky(Positive(x)));
        yield return Of("singular values", x => linalg.svdvals(x), () => Sample.Normal(502, 4, 3));
        yield return Of("largest singular value", x => linalg.matrix_norm(x, 2), () => Sample.Normal(503, 4, 3));
        yield return Of("nuclear norm", x => linalg.matrix_norm(x, "nuc"), () => Sample.Normal(504, 4, 3));
        yield return Of("Frobenius norm", x => linalg.matrix_norm(x));
        yield return Of("eigenvalues, symmetric", x => linalg.eigvalsh(x + x.t()), Spread);
        yield return Of("matrix exponential", x => (x / 3).matrix_exp());
        yield return Of("third power", x => x.matrix_power(3));
        yield return Of("pseudo-inverse", x => linalg.pinv(x), () => Sample.Normal(505, 4, 2));
        yield return Of("QR: R", x => linalg.qr(x).R.abs(), () => Sample.Normal(506, 4, 3));
        yield return Of("trace of the inverse", x => x.inverse().trace());
        yield return Of("X·Xᵀ", x => x.matmul(x.t()));
        yield return Of("whitening by Cholesky", x => linalg.solve(linalg.cholesky((x - x.mean([0])).t().matmul(x - x.mean([0])) / 6), (x - x.mean([0])).t()), () => Sample.Normal(507, 6, 3));
        yield return Of("projection", x => x.matmul(x.t().matmul(x).inverse()).matmul(x.t()), () => Sample.Normal(508, 4, 2));
        yield return CorrectFunction.Of("matrices", "solve", x => linalg.solve(x[0], x[1]), () => Sample.Matrix(509, 3, 3), () => Sample.Normal(510, 3, 2));
        yield return CorrectFunction.Of("matrices", "triangular solve", x => linalg.solve_triangular(x[0].tril(), x[1], upper: false), () => Sample.Matrix(511, 3, 3), () => Sample.Normal(512, 3, 2));
        yield return CorrectFunction.Of("matrices", "product of three", x => x[0].matmul(x[1]).matmul(x[2]), () => Sample.Normal(513, 2, 3), () => Sample.Normal(514, 3, 4), () => Sample.Normal(515, 4, 2));
        yield return CorrectFunction.Of("matrices", "batches multiplied", x => x[0].bmm(x[1]), () => Sample.Normal(516, 2, 2, 3), () => Sample.Normal(517, 2, 3, 2));
        yield return CorrectFunction.Of("matrices", "quadratic form", x => x[0].dot(x[1].mv(x[0])), () => Sample.Normal(518, 3), () => Sample.Matrix(519, 3, 3));
        yield return CorrectFunction.Of("matrices", "Kronecker product", x => x[0].kron(x[1]), () => Sample.Normal(520, 2, 2), () => Sample.Normal(521, 2, 2));
    }

    private static IEnumerable<CorrectFunction> Scales()
    {
        foreach (var scale in new[] { 1e-6, 1e-3, 1e3, 1e6 })
        {
            yield return Of($"inverse at scale {scale}", x => x.inverse(), () => Sample.Matrix(531, 3, 3) * scale);
            yield return Of($"log-determinant at scale {scale}", x => x.logdet(), () => Sample.Matrix(532, 3, 3) * scale);
            yield return Of($"singular values at scale {scale}", x => linalg.svdvals(x), () => Sample.Normal(533, 4, 3) * scale);
            yield return Of($"Cholesky at scale {scale}", x => linalg.cholesky(x.matmul(x.t())), () => Sample.Matrix(534, 3, 3) * scale);
        }
        yield return Of("inverse of a nearly singular matrix", x => x.inverse(), () => Sample.Normal(535, 3, 3) * 1e-4 + ones(3, 3, float64));
    }

    private static IEnumerable<CorrectFunction> Complex()
    {
        yield return OfComplex("square", z => z.square());
        yield return OfComplex("cube", z => z.pow(3));
        yield return OfComplex("exponential", z => z.exp());
        yield return OfComplex("logarithm", z => (z + 4).log());
        yield return OfComplex("sine", z => z.sin());
        yield return OfComplex("tanh", z => (z / 4).tanh());
        yield return OfComplex("square root", z => (z + 4).sqrt());
        yield return OfComplex("reciprocal", z => z.reciprocal());
        yield return OfComplex("conjugate", z => z.conj() * z.square());
        yield return OfComplex("magnitude", z => z.abs());
        yield return OfComplex("square of the magnitude", z => (z * z.conj()).real);
        yield return OfComplex("angle", z => (z + 4).angle());
        yield return OfComplex("real part", z => z.square().real);
        yield return OfComplex("imaginary part", z => z.square().imag);
        yield return OfComplex("as pairs of real numbers", z => z.view_as_real().square());
        yield return OfComplex("sum", z => z.sum());
        yield return OfComplex("mean of columns", z => z.mean([0]).square());
        yield return OfComplex("matrix product", z => z.matmul(z.t()));
        yield return OfComplex("Hermitian product", z => z.matmul(z.conj().t()));
        yield return OfComplex("inverse", z => (z[..2] + eye(2, dtype: complex128) * 4).inverse());
        yield return OfComplex("unit circle", z => z / z.abs());
        yield return CorrectFunction.Of("complex numbers", "from polar coordinates", x => complex(x[0] * x[1].cos(), x[0] * x[1].sin()), () => Sample.Apart(542, 4), () => Sample.Normal(543, 4));
        yield return CorrectFunction.Of("complex numbers", "product with a real tensor", x => x[0] * x[1], () => Sample.Complex(544, 3, 2), () => Sample.Normal(546, 3, 2));
        yield return CorrectFunction.Of("complex numbers", "quotient", x => x[0] / x[1], () => Sample.Complex(547, 4), () => Sample.Complex(549, 4) + 3);
        yield return CorrectFunction.Of("complex numbers", "waves", x => complex(x[0].cos(), x[0].sin()).outer(complex(x[1], x[1].square())), () => Sample.Normal(550, 3), () => Sample.Normal(551, 2));
    }

    private static Tensor Positive(Tensor x) => x.matmul(x.t()) + eye(x.shape[0], dtype: float64);

    /// <summary>Symmetric enough for eigenvalues that keep apart.</summary>
    private static Tensor Spread() => Sample.Normal(530, 3, 3) * 0.2 + diag(tensor([1.0, 2, 4]));

    private static CorrectFunction Of(string name, Func<Tensor, Tensor> function, Func<Tensor>? input = null) => CorrectFunction.Of("matrices", name, function, input ?? (() => Sample.Matrix(500, 3, 3)));

    private static CorrectFunction OfComplex(string name, Func<Tensor, Tensor> function) => CorrectFunction.Of("complex numbers", name, function, () => Sample.Complex(540, 3, 2));
}
