using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Mistakes in the backward of layer normalisation and of whitening.</summary>
internal static class NormalizationFaults
{
    private const double Epsilon = 1e-5;

    public static IEnumerable<Fault> All =>
    [
        Layer("mean term missing", (g, n, s) => (g - n * (g * n).mean([1], keepdim: true)) * s, Cause.MeanTerm),
        Layer("variance term missing", (g, n, s) => (g - g.mean([1], keepdim: true)) * s, Cause.VarianceTerm),
        Layer("statistics taken for constants", (g, _, s) => g * s, Cause.DetachedStatistics),
        Layer("deviation missing", (g, n, _) => Right(g, n, ones([1], float64)), Cause.ChannelFactor, Cause.Unknown),
        Layer("variance term by n − 1", (g, n, s) => (g - g.mean([1], keepdim: true) - n * (g * n).sum([1], keepdim: true) / 4) * s, Cause.VarianceTerm, Cause.BiasedVariance),
        Layer("averaged over the batch", (g, n, s) => (g - g.mean([0], keepdim: true) - n * (g * n).mean([0], keepdim: true)) * s, Cause.WrongReduction),
        Layer("of the wrong sign", (g, n, s) => -Right(g, n, s), Cause.ConstantFactor),
        LayerParameters("γ after the sums, as in batch norm", (g, x) => [Right(g, x.normalized, x.inverse) * x.gamma, (g * x.normalized).sum([0]), g.sum([0])], Cause.Unknown, Cause.ChannelFactor, Cause.Transposed),
        LayerParameters("γ missing", (g, x) => [Right(g, x.normalized, x.inverse), (g * x.normalized).sum([0]), g.sum([0])], Cause.ChannelFactor, Cause.Unknown),
        LayerParameters("γ's gradient from the output", (g, x) => [Right(g * x.gamma, x.normalized, x.inverse), (g * (x.normalized * x.gamma + x.beta)).sum([0]), g.sum([0])], Cause.OutputInsteadOfNormalized),
        LayerParameters("γ's and β's gradients swapped", (g, x) => [Right(g * x.gamma, x.normalized, x.inverse), g.sum([0]), (g * x.normalized).sum([0])], Cause.Swapped),
        LayerParameters("γ's gradient averaged", (g, x) => [Right(g * x.gamma, x.normalized, x.inverse), (g * x.normalized).mean([0]), g.sum([0])], Cause.ConstantFactor),
        LayerParameters("β's gradient from the first example", (g, x) => [Right(g * x.gamma, x.normalized, x.inverse), (g * x.normalized).sum([0]), g[0]], Cause.WrongReduction),
        Whitening("covariance taken for a constant", Cause.DetachedStatistics, Cause.VarianceTerm, detachCovariance: true),
        Whitening("mean taken for a constant", Cause.MeanTerm, Cause.DetachedStatistics, detachMean: true),
        Whitening("mean and covariance taken for constants", Cause.DetachedStatistics, Cause.Unknown, detachMean: true, detachCovariance: true),
        Of("RMS norm: scale taken for a constant", x => x * Rms(x), (g, x) => g * Rms(x), Cause.VarianceTerm, Cause.DetachedStatistics),
        Of("RMS norm: derivative of layer norm", x => x * Rms(x), (g, x) => (g - g.mean([1], keepdim: true) - x * Rms(x) * (g * x * Rms(x)).mean([1], keepdim: true)) * Rms(x), Cause.MeanTerm, Cause.Unknown),
        Of("unit length: projection missing", x => x / Length(x), (g, x) => g / Length(x), Cause.VarianceTerm, Cause.DetachedStatistics, Cause.Unknown),
        Of("unit length: projection not divided by the square", x => x / Length(x), (g, x) => (g - x * (g * x).sum([1], keepdim: true)) / Length(x), Cause.VarianceTerm, Cause.Unknown),
    ];

    /// <summary>s·(g − mean g − x̂·mean(g·x̂)) over the features, with g already times γ.</summary>
    private static Tensor Right(Tensor gradient, Tensor normalized, Tensor inverse) =>
        (gradient - gradient.mean([1], keepdim: true) - normalized * (gradient * normalized).mean([1], keepdim: true)) * inverse; // [N, C]

    private static (Tensor normalized, Tensor inverse) Normalize(Tensor input)
    {
        var centred = input - input.mean([1], keepdim: true);   // [N, C]
        var inverse = (centred.square().mean([1], keepdim: true) + Epsilon).rsqrt(); // [N, 1]
        return (centred * inverse, inverse);
    }

    private static Tensor Rms(Tensor input) => (input.square().mean([1], keepdim: true) + Epsilon).rsqrt(); // [N, 1]

    private static Tensor Length(Tensor input) => input.square().sum([1], keepdim: true).sqrt(); // [N, 1]

    /// <summary>∂L/∂x from γ·g, x̂ and s.</summary>
    private static GradientFault Layer(string name, Func<Tensor, Tensor, Tensor, Tensor> input, params Cause[] expected) =>
        LayerParameters(name, (g, x) => [input(g * x.gamma, x.normalized, x.inverse), (g * x.normalized).sum([0]), g.sum([0])], expected);

    private static GradientFault LayerParameters(string name, Func<Tensor, (Tensor normalized, Tensor inverse, Tensor gamma, Tensor beta), Tensor?[]> backward, params Cause[] expected)
    {
        var rule = new Rule(x => Normalize(x[0]).normalized * x[1] + x[2], Backward);
        return new GradientFault($"layer norm: {name}", "other norms", Make, expected);

        Subject Make() => new(new RuleModule("LayerNorm", rule.Apply, ("weight", Sample.Apart(51, 5)), ("bias", Sample.Normal(52, 5))), Sample.Normal(53, 4, 5));

        Tensor?[] Backward(Tensor gradient, Tensor[] saved)
        {
            var (normalized, inverse) = Normalize(saved[0]);    // [N, C], [N, 1]
            return backward(gradient, (normalized, inverse, saved[1], saved[2]));
        }
    }

    private static GradientFault Whitening(string name, Cause expected, Cause alternative, bool detachMean = false, bool detachCovariance = false)
    {
        return new GradientFault($"whitening: {name}", "other norms", () => Subject.Of(x => Whiten(x[0]), Sample.Normal(54, 6, 3)), [expected, alternative]);

        Tensor Whiten(Tensor input)
        {
            var mean = input.mean([0], keepdim: true);          // [1, C]
            var centred = input - mean;                         // [N, C]
            var covariance = centred.t().matmul(centred) / input.shape[0] + eye(input.shape[1], dtype: float64) * Epsilon; // [C, C]
            var root = linalg.cholesky(detachCovariance ? covariance.detach() : covariance); // [C, C]
            return linalg.solve(root, (detachMean ? input - mean.detach() : centred).t()).t(); // [N, C]
        }
    }

    private static GradientFault Of(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] expected) =>
        new(name, "other norms", () => Subject.Of(Rule.Of(forward, backward), Sample.Apart(55, 4, 3)), expected);
}
