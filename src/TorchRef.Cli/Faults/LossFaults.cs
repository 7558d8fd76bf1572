using TorchRef.Checks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchRef.Cli.Faults;

/// <summary>Mistakes in the backward of softmax, of losses and of sums.</summary>
internal static class LossFaults
{
    private static readonly long[] s_classes = [0, 2, 1, 2];

    public static IEnumerable<Fault> All => [.. Softmax(), .. CrossEntropy(), .. Others(), .. Reductions()];

    private static IEnumerable<Fault> Softmax()
    {
        yield return Of("losses", "softmax: only p·g", x => softmax(x, -1), (g, x) => g * softmax(x, -1), Cause.Unknown);
        yield return Of("losses", "softmax: only the diagonal", x => softmax(x, -1), (g, x) => g * softmax(x, -1) * (1 - softmax(x, -1)), Cause.Unknown, Cause.WrongReduction);
        yield return Of("losses", "softmax: summed over the batch", x => softmax(x, -1), (g, x) => softmax(x, -1) * (g - (g * softmax(x, -1)).sum([0], keepdim: true)), Cause.WrongReduction);
        yield return Of("losses", "softmax: sum without p", x => softmax(x, -1), (g, x) => softmax(x, -1) * (g - g.sum([1], keepdim: true)), Cause.Unknown);
        yield return Of("losses", "log softmax: sum without p", x => F.log_softmax(x, -1), (g, _) => g - g.mean([1], keepdim: true), Cause.Unknown);
        yield return Of("losses", "log softmax: sum missing", x => F.log_softmax(x, -1), (g, _) => g, Cause.Unknown, Cause.MeanTerm);
        yield return Of("losses", "log-sum-exp: shared equally", x => x.logsumexp(-1), (g, x) => g.unsqueeze(-1).expand_as(x) / 3, Cause.Unknown);
        yield return Of("losses", "log-sum-exp: e^x not divided", x => x.logsumexp(-1), (g, x) => g.unsqueeze(-1) * x.exp(), Cause.Unknown, Cause.ChannelFactor);
    }

    private static IEnumerable<Fault> CrossEntropy()
    {
        yield return Of("losses", "cross-entropy: not averaged over the batch", Entropy, (g, x) => g * (softmax(x, -1) - OneHot()), Cause.ConstantFactor);
        yield return Of("losses", "cross-entropy: averaged over classes too", Entropy, (g, x) => g * (softmax(x, -1) - OneHot()) / 12, Cause.ConstantFactor);
        yield return Of("losses", "cross-entropy: incoming gradient ignored", Entropy, (_, x) => (softmax(x, -1) - OneHot()) / 4, Cause.CotangentIgnored);
        yield return Of("losses", "cross-entropy: target not subtracted", Entropy, (g, x) => g * softmax(x, -1) / 4, Cause.Unknown, Cause.SingleEntry);
        yield return Of("losses", "cross-entropy: sign", Entropy, (g, x) => g * (OneHot() - softmax(x, -1)) / 4, Cause.ConstantFactor);
        yield return Of("losses", "cross-entropy: classes off by one", Entropy, (g, x) => g * (softmax(x, -1) - OneHot().roll(1, 1)) / 4, Cause.Unknown, Cause.SingleEntry);
        yield return Of("losses", "cross-entropy: softmax over the batch", Entropy, (g, x) => g * (softmax(x, 0) - OneHot()) / 4, Cause.WrongReduction, Cause.Unknown);
    }

    private static IEnumerable<Fault> Others()
    {
        yield return Of("losses", "squared error: 2 missing", (a, b) => (a - b).square().mean(), (g, a, b) => [g * (a - b) / 12, g * (b - a) / 12], Cause.ConstantFactor);
        yield return Of("losses", "squared error: sum for mean", (a, b) => (a - b).square().mean(), (g, a, b) => [g * (a - b) * 2, g * (b - a) * 2], Cause.ConstantFactor);
        yield return Of("losses", "squared error: sign of the target", (a, b) => (a - b).square().mean(), (g, a, b) => [g * (a - b) / 6, g * (a - b) / 6], Cause.ConstantFactor);
        yield return Of("losses", "squared error: averaged over the batch only", (a, b) => (a - b).square().mean(), (g, a, b) => [g * (a - b) / 2, g * (b - a) / 2], Cause.ConstantFactor);
        yield return Of("losses", "absolute error: difference for its sign", (a, b) => (a - b).abs().mean(), (g, a, b) => [g * (a - b) / 12, g * (b - a) / 12], Cause.Unknown);
        yield return Of("losses", "binary cross-entropy: logits taken for probabilities", (a, b) => F.binary_cross_entropy_with_logits(a, b.sigmoid()), (g, a, b) => [g * (a - b.sigmoid()) / 12, -g * a * b.sigmoid() * (1 - b.sigmoid()) / 12], Cause.Unknown);
        yield return Of("losses", "huber: slope not bounded", (a, b) => F.huber_loss(a, b), (g, a, b) => [g * (a - b) / 12, g * (b - a) / 12], Cause.Unknown, Cause.SingleEntry);
        yield return Of("losses", "Kullback-Leibler: +1 missing", (a, b) => (a.exp() * (a - b)).sum(), (g, a, b) => [g * a.exp() * (a - b), -g * a.exp()], Cause.Unknown);
    }

    private static IEnumerable<Fault> Reductions()
    {
        yield return Of("reductions", "mean: not divided", x => x.mean([0]), (g, x) => g.expand_as(x), Cause.ConstantFactor);
        yield return Of("reductions", "sum: divided", x => x.sum([0]), (g, x) => g.expand_as(x) / 4, Cause.ConstantFactor);
        yield return Of("reductions", "sum: only the first gets a gradient", x => x.sum([0]), (g, x) => cat([g.unsqueeze(0), zeros_like(x)[1..]], 0), Cause.WrongReduction, Cause.MissingGradient);
        yield return Of("reductions", "variance: divided by n, not n − 1", x => x.var([0], unbiased: true), (g, x) => g * (x - x.mean([0], keepdim: true)) * 2 / 4, Cause.ConstantFactor, Cause.BiasedVariance);
        yield return Of("reductions", "variance: not centred", x => x.var([0], unbiased: false), (g, x) => g * x / 2, Cause.Unknown, Cause.MeanTerm);
        yield return Of("reductions", "deviation: not divided by itself", x => x.var([0], unbiased: false).sqrt(), (g, x) => g * (x - x.mean([0], keepdim: true)) / 4, Cause.ChannelFactor);
        yield return Of("reductions", "norm: not divided by itself", x => x.square().sum().sqrt(), (g, x) => g * x, Cause.ConstantFactor);
        yield return Of("reductions", "norm of rows: not divided by itself", x => x.square().sum([1]).sqrt(), (g, x) => g.unsqueeze(1) * x, Cause.ChannelFactor, Cause.Unknown);
        yield return Of("reductions", "product: not divided by the factor", x => x.prod(1), (g, x) => (g * x.prod(1)).unsqueeze(1).expand_as(x), Cause.Unknown);
        yield return Of("reductions", "running sum: not turned round", x => x.cumsum(0), (g, _) => g.cumsum(0), Cause.Transposed, Cause.Unknown);
        yield return Of("reductions", "running sum: off by one", x => x.cumsum(0), (g, _) => g.flip(0).cumsum(0).flip(0) - g, Cause.WrongReduction, Cause.Unknown, Cause.SingleEntry);
        yield return Of("reductions", "maximum: to the minimum", x => x.amax([1]), (g, x) => g.unsqueeze(1) * (x == x.amin([1], keepdim: true)).to_type(float64), Cause.Unknown);
        yield return Of("reductions", "maximum: to everything", x => x.amax([1]), (g, x) => g.unsqueeze(1).expand_as(x), Cause.Unknown);
    }

    private static Tensor Entropy(Tensor logits) => -(F.log_softmax(logits, -1) * OneHot()).sum() / 4;

    private static Tensor OneHot() => F.one_hot(tensor(s_classes), 3).to_type(float64); // [4, 3]

    private static GradientFault Of(string family, string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] expected) =>
        new(name, family, () => Subject.Of(Rule.Of(forward, backward), Sample.Apart(41, 4, 3)), expected);

    private static GradientFault Of(string family, string name, Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor?[]> backward, params Cause[] expected) =>
        new(name, family, () => Subject.Of(Rule.Of(forward, backward), Sample.Apart(42, 4, 3), Sample.Apart(45, 4, 3) * 0.5), expected);
}
