using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Transposes, orders and conjugates mixed up in the backward of matrix functions and of complex ones.</summary>
internal static class MatrixFaults
{
    private const string Matrices = "matrices", ComplexNumbers = "complex numbers";

    public static IEnumerable<Fault> All =>
    [
        Of("product: B's gradient transposed", (a, b) => a.matmul(b), (g, a, b) => [g.matmul(b.t()), g.t().matmul(a)], Cause.Transposed),
        Of("product: gradients swapped", (a, b) => a.matmul(b), (g, a, b) => [a.t().matmul(g), g.matmul(b.t())], Cause.Swapped),
        Of("product: B not transposed", (a, b) => a.matmul(b), (g, a, b) => [g.matmul(b), a.t().matmul(g)], Cause.Transposed, Cause.Unknown),
        Of("product: order turned round", (a, b) => a.matmul(b), (g, a, b) => [b.t().matmul(g), a.t().matmul(g)], Cause.Unknown, Cause.Transposed),
        Of("product: B's gradient doubled", (a, b) => a.matmul(b), (g, a, b) => [g.matmul(b.t()), a.t().matmul(g) * 2], Cause.ConstantFactor),
        Of("inverse: sign missing", x => x.inverse(), (g, x) => Between(x, g), Cause.ConstantFactor),
        Of("inverse: transposed", x => x.inverse(), (g, x) => -Between(x, g).t(), Cause.Transposed),
        Of("inverse: factors not transposed", x => x.inverse(), (g, x) => -x.inverse().matmul(g).matmul(x.inverse()), Cause.Transposed, Cause.Unknown),
        Of("inverse: one factor forgotten", x => x.inverse(), (g, x) => -x.inverse().t().matmul(g), Cause.Unknown),
        Of("determinant: inverse not transposed", x => x.det(), (g, x) => g * x.det() * x.inverse(), Cause.Transposed),
        Of("determinant: determinant forgotten", x => x.det(), (g, x) => g * x.inverse().t(), Cause.ConstantFactor),
        Of("log-determinant: inverse not transposed", x => x.logdet(), (g, x) => g * x.inverse(), Cause.Transposed),
        Of("X·Xᵀ: one term only", x => x.matmul(x.t()), (g, x) => g.matmul(x), Cause.Unknown, Cause.ConstantFactor),
        Of("trace: gradient not on the diagonal", x => x.trace(), (g, x) => g.expand_as(x), Cause.Unknown),
        Of("transpose: not transposed back", x => x.t().contiguous(), (g, _) => g, Cause.Transposed),
        Of("triangle: the other one", x => x.tril(), (g, _) => g.triu(), Cause.Transposed, Cause.Unknown),
        Of("triangle: diagonal forgotten", x => x.tril(), (g, _) => g.tril(-1), Cause.Unknown, Cause.SingleEntry, Cause.MissingGradient),
        Of("solve: b's gradient by A, not Aᵀ", (a, b) => linalg.solve(a, b), (g, a, b) => [-linalg.solve(a.t(), g).matmul(linalg.solve(a, b).t()), linalg.solve(a, g)], Cause.Transposed, Cause.Unknown),
        Of("solve: A's gradient without its sign", (a, b) => linalg.solve(a, b), (g, a, b) => [linalg.solve(a.t(), g).matmul(linalg.solve(a, b).t()), linalg.solve(a.t(), g)], Cause.ConstantFactor),
        Of("quadratic form: not made symmetric", (a, b) => (a * b.matmul(a)).sum(), (g, a, b) => [g * b.matmul(a) * 2, g * a.matmul(a.t())], Cause.Unknown, Cause.Transposed),
        OfComplex("square: not conjugated", z => z.square(), (g, z) => g * z * 2),
        OfComplex("exponential: not conjugated", z => z.exp(), (g, z) => g * z.exp()),
        OfComplex("square of the magnitude: conjugated", z => (z * z.conj()).real, (g, z) => g * z.conj() * 2),
        OfComplex("magnitude: imaginary part dropped", z => z.abs(), (g, z) => complex(g * z.real / z.abs(), zeros_like(g)), Cause.MissingGradient),
        OfComplex("real part: doubled", z => z.real.clone(), (g, _) => complex(g * 2, zeros_like(g)), Cause.ConstantFactor),
        OfComplex("reciprocal: sign missing", z => z.reciprocal(), (g, z) => g * z.reciprocal().square().conj(), Cause.ConstantFactor),
    ];

    /// <summary>X⁻ᵀ·G·X⁻ᵀ.</summary>
    private static Tensor Between(Tensor matrix, Tensor gradient) => matrix.inverse().t().matmul(gradient).matmul(matrix.inverse().t());

    private static GradientFault Of(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] expected) =>
        new(name, Matrices, () => Subject.Of(Rule.Of(forward, backward), Sample.Matrix(61, 3, 3)), expected);

    private static GradientFault Of(string name, Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor?[]> backward, params Cause[] expected) =>
        new(name, Matrices, () => Subject.Of(Rule.Of(forward, backward), Sample.Matrix(62, 3, 3), Sample.Matrix(63, 3, 3)), expected);

    private static GradientFault OfComplex(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] alternatives) =>
        new(name, ComplexNumbers, () => Subject.Of(Rule.Of(forward, backward), Sample.Complex(64, 3, 2)), [.. alternatives, Cause.Unknown]);
}
