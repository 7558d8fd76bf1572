using TorchRef.Cli.Faults;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>Functions of one number each: over their domains, over scales, and where they are hard.</summary>
internal static class ElementwiseFunctions
{
    private const string Family = "element-wise", Hard = "hard places";
    private static readonly double[] s_scales = [1e-6, 1e-3, 1e3, 1e6];

    /// <summary>A function, and between what it is checked.</summary>
    private static readonly (string name, Func<Tensor, Tensor> function, double from, double to)[] s_smooth =
    [
        ("exp", x => x.exp(), -3, 3), ("log", x => x.log(), 0.1, 5), ("sin", x => x.sin(), -4, 4), ("cos", x => x.cos(), -4, 4), ("tan", x => x.tan(), -1.2, 1.2),
        ("asin", x => x.asin(), -0.9, 0.9), ("acos", x => x.acos(), -0.9, 0.9), ("atan", x => x.atan(), -4, 4), ("sinh", x => x.sinh(), -3, 3), ("cosh", x => x.cosh(), -3, 3),
        ("tanh", x => x.tanh(), -3, 3), ("asinh", x => x.asinh(), -4, 4), ("acosh", x => x.acosh(), 1.2, 5), ("atanh", x => x.atanh(), -0.9, 0.9), ("sqrt", x => x.sqrt(), 0.1, 5),
        ("rsqrt", x => x.rsqrt(), 0.1, 5), ("square", x => x.square(), -3, 3), ("cube", x => x.pow(3), -3, 3), ("x^2.5", x => x.pow(2.5), 0.2, 3), ("x^-1.5", x => x.pow(-1.5), 0.2, 3),
        ("2^x", x => x.exp2(), -3, 3), ("exp − 1", x => x.expm1(), -3, 3), ("log(1 + x)", x => x.log1p(), -0.8, 4), ("log2", x => x.log2(), 0.1, 5), ("log10", x => x.log10(), 0.1, 5),
        ("1/x", x => x.reciprocal(), 0.2, 5), ("sigmoid", x => x.sigmoid(), -4, 4), ("log sigmoid", x => F.logsigmoid(x), -4, 4), ("softplus", x => F.softplus(x), -4, 4), ("SiLU", x => F.silu(x), -4, 4),
        ("GELU", x => F.gelu(x), -4, 4), ("Mish", x => F.mish(x), -4, 4), ("softsign", x => F.softsign(x), 0.1, 4), ("tanh shrink", x => F.tanhshrink(x), -3, 3), ("ELU", x => F.elu(x, 1), -4, -0.1),
        ("erf", x => x.erf(), -2, 2), ("erfc", x => x.erfc(), -2, 2), ("inverse erf", x => x.erfinv(), -0.9, 0.9), ("log Γ", x => x.lgamma(), 0.3, 6), ("digamma", x => x.digamma(), 0.3, 6),
        ("polygamma 1", x => x.polygamma(1), 0.5, 6), ("logit", x => x.logit(), 0.1, 0.9), ("Bessel I0", x => x.i0(), -3, 3), ("sinc", x => x.sinc(), 0.1, 3), ("log-normal cdf", x => special.ndtr(x), -3, 3),
        ("Bessel I0 scaled", x => special.i0e(x), 0.2, 4), ("Bessel I1", x => special.i1(x), 0.2, 4), ("entropy", x => special.entr(x), 0.1, 3), ("x·log x", x => x.xlogy(x), 0.1, 3), ("rational", x => (x.square() + 1) / (x + 5), -3, 3),
    ];

    public static IEnumerable<CorrectFunction> All => [.. Smooth(), .. Scaled(), .. HardPlaces()];

    private static IEnumerable<CorrectFunction> Smooth()
    {
        foreach (var ((name, function, from, to), number) in s_smooth.Select((row, number) => (row, (ulong)number)))
        {
            var correct = CorrectFunction.Of(Family, name, function, () => Sample.Uniform(300 + number, from, to, 2, 3));
            yield return correct;
            // libtorch has no second derivative of these.
            if (name is not ("digamma" or "polygamma 1")) yield return correct.Twice();
        }
    }

    /// <summary>The same curve with its features s times as wide: f(x/s), and s times as high.</summary>
    private static IEnumerable<CorrectFunction> Scaled()
    {
        foreach (var ((name, function, from, to), number) in s_smooth.Select((row, number) => (row, (ulong)number)).Where(pair => pair.Item2 % 2 == 0))
            foreach (var scale in s_scales)
                yield return CorrectFunction.Of(Family, $"{name} at scale {scale}", x => function(x / scale) * scale, () => Sample.Uniform(400 + number, from, to, 4) * scale);
    }

    private static IEnumerable<CorrectFunction> HardPlaces()
    {
        yield return Near("sqrt near 0", x => x.sqrt(), 1e-8, 1e-6);
        yield return Near("sqrt very near 0", x => x.sqrt(), 1e-14, 1e-12);
        yield return Near("log near 0", x => x.log(), 1e-9, 1e-7);
        yield return Near("1/x near 0", x => x.reciprocal(), 1e-6, 1e-4);
        yield return Near("x^0.1 near 0", x => x.pow(0.1), 1e-5, 1e-4);
        yield return Near("x·log x near 0", x => x.xlogy(x), 1e-8, 1e-6);
        yield return Near("exp(50x)", x => (x * 50).exp(), -1, 1);
        yield return Near("exp(−50x)", x => (x * -50).exp(), -1, 1);
        yield return Near("sin(1000x)", x => (x * 1000).sin(), -1, 1);
        yield return Near("sin of large arguments", x => x.sin(), 1e5, 2e5);
        yield return Near("sin(1/x)", x => x.reciprocal().sin(), 0.01, 0.05);
        yield return Near("tanh almost saturated", x => x.tanh(), 5, 9);
        yield return Near("sigmoid almost saturated", x => x.sigmoid(), -30, -10);
        yield return Near("1 − sigmoid almost saturated", x => x.sigmoid(), 10, 18);
        yield return Near("erfc in its tail", x => x.erfc(), 3, 6);
        yield return Near("erf in its tail", x => x.erf(), 2, 4);
        yield return Near("exp in its tail", x => x.exp(), -80, -20);
        yield return Near("exp of large numbers", x => x.exp(), 50, 100);
        yield return Near("log of large numbers", x => x.log(), 1e5, 1e8);
        yield return Near("x^20", x => x.pow(20), 0.5, 2);
        yield return Near("atanh near 1", x => x.atanh(), 0.999, 0.99999);
        yield return Near("asin near 1", x => x.asin(), 0.999, 0.99999);
        yield return Near("inverse erf near 1", x => x.erfinv(), 0.99, 0.9999);
        yield return Near("acosh near 1", x => x.acosh(), 1.0001, 1.001);
        yield return Near("log Γ of large numbers", x => x.lgamma(), 100, 1000);
        yield return Near("log Γ between poles", x => x.lgamma(), -2.9, -2.1);
        yield return Near("digamma near its pole", x => x.digamma(), 1e-3, 1e-2);
        yield return Near("digamma between poles", x => x.digamma(), -2.8, -2.2);
        yield return Near("exp − 1 near 0", x => x.expm1(), -1e-8, 1e-8);
        yield return Near("log(1 + x) near 0", x => x.log1p(), -1e-8, 1e-8);
        yield return Near("sinc near 0", x => x.sinc(), 1e-3, 1e-2);
        yield return Near("tan near π/2", x => x.tan(), 1.5, 1.57);
        yield return Near("softplus of large numbers", x => F.softplus(x), 5, 19);
        yield return Near("(x − 1)² by cancellation", x => x.square() - 2 * x + 1, 0.9, 1.1);
        yield return Near("e^x of e^x", x => x.exp().exp(), 0, 2);
        yield return Near("logistic map, ten times", Logistic, 0.1, 0.9);
        yield return Near("Runge's function", x => 1 / (1 + (x * 5).square()), -1, 1);
        yield return Near("steep step", x => (x * 1e4).tanh(), -1e-4, 1e-4);
        yield return Near("Gaussian of width 1e-3", x => (-(x * 1e3).square()).exp(), -1e-3, 1e-3);
        yield return Near("beside an offset of a million", x => x.sin() + 1e6, -1, 1);
        yield return Near("beside an offset of 1e10", x => x.sin() + 1e10, -1, 1) with { Unjudgeable = "the offset leaves six digits" };
        yield return Near("offset of a million", x => (x - 1e6).exp(), 1e6 - 1, 1e6 + 1);
        yield return CorrectFunction.Of(Hard, "all scales in one tensor", x => x.square() + x.sin(), () => tensor([1e-6, 1e-3, 1, 1e3, 1e6, -1e-5, -10, -1e4]));
        yield return CorrectFunction.Of(Hard, "x³ at 0", x => x.pow(3), () => zeros(3, float64));
        yield return CorrectFunction.Of(Hard, "sin at 0", x => x.sin(), () => zeros(3, float64));
        yield return CorrectFunction.Of(Hard, "x² at 0", x => x.square(), () => zeros(3, float64));
        yield return CorrectFunction.Of(Hard, "x·|x| at 0", x => x * x.abs(), () => zeros(3, float64));
        yield return CorrectFunction.Of(Hard, "an input of ones", x => x.exp() * x.log(), () => ones(2, 3, float64));
        yield return CorrectFunction.Of(Hard, "constant function", x => x * 0 + 3, () => Sample.Normal(390, 4)) with { Unjudgeable = "all derivatives are 0, and a missing gradient would be too" };
    }

    private static Tensor Logistic(Tensor x)
    {
        for (var i = 0; i < 10; i++) x = x * (1 - x) * 3.5;             // x's shape
        return x;
    }

    private static CorrectFunction Near(string name, Func<Tensor, Tensor> function, double from, double to) =>
        CorrectFunction.Of(Hard, name, function, () => Sample.Uniform(380, from, to, 5));
}
