using TorchRef.Cli.Faults;
using TorchRef.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>Losses.</summary>
internal static class LossFunctions
{
    private static readonly long[] s_classes = [0, 2, 1, 2];

    public static IEnumerable<CorrectFunction> All => [.. OfLogits(), .. OfPairs(), .. OfLogits().Where((_, number) => number % 2 == 0).Select(function => function.Twice())];

    private static IEnumerable<CorrectFunction> OfLogits()
    {
        yield return Logits("cross-entropy", x => F.cross_entropy(x, tensor(s_classes)));
        yield return Logits("cross-entropy, summed", x => F.cross_entropy(x, tensor(s_classes), reduction: nn.Reduction.Sum));
        yield return Logits("cross-entropy of each example", x => F.cross_entropy(x, tensor(s_classes), reduction: nn.Reduction.None));
        yield return Logits("cross-entropy with smoothed labels", x => F.cross_entropy(x, tensor(s_classes), label_smoothing: 0.1));
        yield return Logits("cross-entropy with weights", x => F.cross_entropy(x, tensor(s_classes), weight: tensor([1.0, 2, 0.5])));
        yield return Logits("SoftmaxCrossEntropy", x => new SoftmaxCrossEntropy().call(x, tensor(s_classes)));
        yield return Logits("SoftmaxCrossEntropy in closed form", x => new SoftmaxCrossEntropy(form: GradientForm.ClosedForm).call(x, tensor(s_classes)));
        yield return Logits("SoftmaxCrossEntropy with smoothed labels", x => new SoftmaxCrossEntropy(label_smoothing: 0.1).call(x, tensor(s_classes)));
        yield return Logits("negative log-likelihood", x => F.nll_loss(F.log_softmax(x, 1), tensor(s_classes)));
        yield return Logits("multi-margin", x => F.multi_margin_loss(x, tensor(s_classes)));
        yield return Logits("cross-entropy of large logits", x => F.cross_entropy(x * 30, tensor(s_classes)));
        yield return Logits("cross-entropy of tiny logits", x => F.cross_entropy(x * 1e-6, tensor(s_classes)));
        yield return CorrectFunction.Of("losses", "cross-entropy with shares", x => F.cross_entropy(x[0], softmax(x[1], 1)), () => Sample.Normal(802, 4, 3), () => Sample.Normal(803, 4, 3));
    }

    private static IEnumerable<CorrectFunction> OfPairs()
    {
        yield return Pair("squared error", (a, b) => F.mse_loss(a, b));
        yield return Pair("squared error, summed", (a, b) => F.mse_loss(a, b, nn.Reduction.Sum));
        yield return Pair("absolute error", (a, b) => F.l1_loss(a, b));
        yield return Pair("smooth absolute error", (a, b) => F.smooth_l1_loss(a, b));
        yield return Pair("Huber", (a, b) => F.huber_loss(a, b));
        yield return Pair("binary cross-entropy", (a, b) => F.binary_cross_entropy(a.sigmoid(), b.sigmoid()));
        yield return Pair("binary cross-entropy of logits", (a, b) => F.binary_cross_entropy_with_logits(a, b.sigmoid()));
        yield return Pair("Kullback-Leibler", (a, b) => F.kl_div(F.log_softmax(a, 1), F.log_softmax(b, 1)));
        yield return Pair("Poisson", (a, b) => F.poisson_nll_loss(a, b.abs()));
        // Written out: TorchSharp 0.106.0's gaussian_nll_loss lets no gradient through to the variance.
        yield return Pair("Gaussian", (a, b) => 0.5 * ((b.square() + 0.5).log() + a.square() / (b.square() + 0.5)).mean());
        yield return Pair("soft margin", (a, b) => F.soft_margin_loss(a * b, ones_like(a)));
        yield return Pair("cosine distance", (a, b) => F.cosine_embedding_loss(a, b, ones(3, float64)));
        yield return Pair("pairwise distance", (a, b) => F.pairwise_distance(a, b));
        yield return Pair("hinge", (a, b) => F.hinge_embedding_loss(a * b, ones_like(a)));
        yield return Pair("margin of ranks", (a, b) => F.margin_ranking_loss(a, b, ones_like(a), 0.1));
        yield return Pair("decay", (a, b) => a.square().sum() * 0.05 + b.abs().sum() * 0.01);
    }

    private static CorrectFunction Logits(string name, Func<Tensor, Tensor> loss) => CorrectFunction.Of("losses", name, loss, () => Sample.Normal(801, 4, 3));

    private static CorrectFunction Pair(string name, Func<Tensor, Tensor, Tensor> loss) =>
        CorrectFunction.Of("losses", name, x => loss(x[0], x[1]), () => Sample.Apart(804, 3, 4), () => Sample.Apart(806, 3, 4));
}
