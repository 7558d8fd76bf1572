using static TorchSharp.torch;

namespace TorchRef.Cli.KnownDerivatives;

/// <summary>Functions and their derivatives as formulas, at scales from 1e-6 to 1e6. No derivative here comes from a graph.</summary>
internal static class Formulas
{
    private const int Length = 40;
    private static readonly double[] s_scales = [1e-6, 1e-4, 1e-2, 1, 1e2, 1e4, 1e6];

    /// <summary>f(u), f′(u), and the interval of u.</summary>
    private static readonly (string name, Func<Tensor, Tensor> function, Func<double, double> derivative, double from, double to)[] s_curves =
    [
        ("exp", u => u.exp(), Math.Exp, -3, 3),
        ("exp(10u)", u => (u * 10).exp(), u => 10 * Math.Exp(10 * u), -2, 2),
        ("log", u => u.log(), u => 1 / u, 0.05, 5),
        ("sin", u => u.sin(), Math.Cos, -4, 4),
        ("cos(20u)", u => (u * 20).cos(), u => -20 * Math.Sin(20 * u), -2, 2),
        ("tanh", u => u.tanh(), u => 1 / (Math.Cosh(u) * Math.Cosh(u)), -4, 4),
        ("sigmoid", u => u.sigmoid(), u => 1 / ((1 + Math.Exp(-u)) * (1 + Math.Exp(u))), -6, 6),
        ("square", u => u.square(), u => 2 * u, -3, 3),
        ("u³", u => u.pow(3), u => 3 * u * u, -3, 3),
        ("u⁷", u => u.pow(7), u => 7 * Math.Pow(u, 6), 0.3, 2),
        ("√u", u => u.sqrt(), u => 0.5 / Math.Sqrt(u), 0.01, 4),
        ("1/u", u => u.reciprocal(), u => -1 / (u * u), 0.05, 4),
        ("u^-2.5", u => u.pow(-2.5), u => -2.5 * Math.Pow(u, -3.5), 0.2, 3),
        ("arctan", u => u.atan(), u => 1 / (1 + u * u), -4, 4),
        ("sinh", u => u.sinh(), Math.Cosh, -3, 3),
        ("Runge", u => 1 / (1 + (u * 5).square()), u => -50 * u / ((1 + 25 * u * u) * (1 + 25 * u * u)), -1, 1),
        ("rational", u => (u.square() - 2) / (u + 4), u => (u * u + 8 * u + 2) / ((u + 4) * (u + 4)), -3, 3),
        ("u·exp(−u²)", u => u * (-u.square()).exp(), u => (1 - 2 * u * u) * Math.Exp(-u * u), -2, 2),
        ("log(1 + u²)", u => u.square().log1p(), u => 2 * u / (1 + u * u), -3, 3),
        ("u·sin u + 100", u => u * u.sin() + 100, u => Math.Sin(u) + u * Math.Cos(u), -3, 3),
        ("linear", u => u * 3 - 7, _ => 3, -3, 3),
        ("erf", u => u.erf(), u => 2 / Math.Sqrt(Math.PI) * Math.Exp(-u * u), -2, 2),
    ];

    /// <summary>One round of all of them, at other values for each seed.</summary>
    public static IEnumerable<KnownDerivative> Round(int seed)
    {
        var random = new Random(seed);
        foreach (var scale in s_scales)
        {
            foreach (var (name, function, derivative, from, to) in s_curves)
            {
                double[] input = [.. Enumerable.Range(0, Length).Select(_ => (from + (to - from) * random.NextDouble()) * scale)];
                yield return KnownDerivative.Elementwise($"{name} at scale {scale}", x => function(x / scale), x => derivative(x / scale) / scale, input);
            }
            foreach (var offset in new[] { 0, 100 }) yield return BatchNorm(random, 12, 4, scale, offset);
            yield return Softmax(random, 9, scale);
            yield return LogSumExp(random, 20, scale);
            yield return Length2(random, 20, scale);
            yield return Product(random, 6, scale);
            yield return Gram(random, 4, 3, scale);
        }
    }

    /// <summary>x̂ of (N, C): ∂x̂_ic/∂x_kc = s·(δ_ik − 1/n − x̂_ic·x̂_kc/n).</summary>
    private static KnownDerivative BatchNorm(Random random, int rows, int channels, double scale, double offset)
    {
        var epsilon = 1e-5 * scale * scale;
        var input = Normal(random, rows * channels, scale, offset);
        var (centred, inverse) = (new double[input.Length], new double[channels]);
        for (var c = 0; c < channels; c++)
        {
            var column = Enumerable.Range(0, rows).Select(i => (decimal)(input[i * channels + c] / scale)).ToArray();
            var mean = column.Average();
            inverse[c] = 1 / Math.Sqrt((double)column.Average(value => (value - mean) * (value - mean)) + 1e-5);
            for (var i = 0; i < rows; i++) centred[i * channels + c] = (double)(column[i] - mean);
        }
        return new KnownDerivative($"batch norm at scale {scale}, offset {offset} σ", Function, input, [rows, channels], Entry);

        Tensor Function(Tensor x)
        {
            var difference = x - x.mean([0], keepdim: true);    // [N, C]
            return difference * (difference.square().mean([0], keepdim: true) + epsilon).rsqrt();
        }

        double? Entry(int i, int k)
        {
            var c = i % channels;
            if (k % channels != c) return null;
            return inverse[c] / scale * ((i == k ? 1 : 0) - 1.0 / rows - centred[i] * centred[k] * inverse[c] * inverse[c] / rows);
        }
    }

    private static KnownDerivative Softmax(Random random, int length, double scale)
    {
        var input = Normal(random, length, scale, 0);
        double[] powers = [.. input.Select(value => Math.Exp(value / scale))];
        var sum = powers.Sum();
        return new KnownDerivative($"softmax at scale {scale}", x => softmax(x / scale, 0), input, [length], (i, k) => powers[i] / sum * ((i == k ? 1 : 0) - powers[k] / sum) / scale);
    }

    private static KnownDerivative LogSumExp(Random random, int length, double scale)
    {
        var input = Normal(random, length, scale, 0);
        var sum = input.Sum(value => Math.Exp(value / scale));
        return new KnownDerivative($"log-sum-exp at scale {scale}", x => (x / scale).logsumexp(0), input, [length], (_, k) => Math.Exp(input[k] / scale) / sum / scale);
    }

    private static KnownDerivative Length2(Random random, int length, double scale)
    {
        var input = Normal(random, length, scale, 0);
        var norm = Math.Sqrt(input.Sum(value => value * value));
        return new KnownDerivative($"length at scale {scale}", x => x.square().sum().sqrt(), input, [length], (_, k) => input[k] / norm);
    }

    private static KnownDerivative Product(Random random, int length, double scale)
    {
        double[] input = [.. Enumerable.Range(0, length).Select(_ => (0.5 + random.NextDouble()) * scale)];
        return new KnownDerivative($"product at scale {scale}", x => x.prod(), input, [length], (_, k) => input.Where((_, i) => i != k).Aggregate(1.0, (product, value) => product * value));
    }

    /// <summary>X·Xᵀ: ∂(Σ_c x_ic·x_jc)/∂x_kc = δ_ik·x_jc + δ_jk·x_ic.</summary>
    private static KnownDerivative Gram(Random random, int rows, int columns, double scale)
    {
        var input = Normal(random, rows * columns, scale, 0);
        return new KnownDerivative($"Gram matrix at scale {scale}", x => x.matmul(x.t()), input, [rows, columns], (output, k) =>
        {
            var (i, j, row, column) = (output / rows, output % rows, k / columns, k % columns);
            if (i != row && j != row) return null;
            return (i == row ? input[j * columns + column] : 0) + (j == row ? input[i * columns + column] : 0);
        });
    }

    private static double[] Normal(Random random, int length, double scale, double offset) =>
        [.. Enumerable.Range(0, length).Select(_ => (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) + offset) * scale)];
}
