using TorchRef.Cli.Faults;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>Reductions, running sums, indexing, and functions of several tensors.</summary>
internal static class TensorFunctions
{
    private static readonly long[] s_rows = [2, 0, 2, 1];

    public static IEnumerable<CorrectFunction> All => [.. Reductions(), .. Reductions().Where((_, number) => number % 2 == 0).Select(function => function.Twice()), .. Scales(), .. Indexing(), .. OfTwo(), .. OfTwo().Select(function => function.Twice())];

    private static IEnumerable<CorrectFunction> Reductions()
    {
        yield return Reduce("sum", x => x.sum());
        yield return Reduce("sum of squares of rows", x => x.square().sum([1]));
        yield return Reduce("mean", x => x.mean([0]).exp());
        yield return Reduce("variance", x => x.var([0], unbiased: true));
        yield return Reduce("biased variance", x => x.var([1], unbiased: false));
        yield return Reduce("deviation", x => x.std([0], unbiased: true));
        yield return Reduce("product", x => x.prod(1));
        yield return Reduce("log-sum-exp", x => x.logsumexp(1));
        yield return Reduce("log-sum-exp of all", x => x.flatten().logsumexp(0));
        yield return Reduce("softmax", x => softmax(x, 1));
        yield return Reduce("softmax of columns", x => softmax(x, 0));
        yield return Reduce("log softmax", x => F.log_softmax(x, 1));
        yield return Reduce("softmin", x => F.softmin(x, 1));
        yield return Reduce("norm", x => x.norm());
        yield return Reduce("norm of order 3", x => linalg.vector_norm(x, 3, [1]));
        yield return Reduce("norm of order ½", x => linalg.vector_norm(x, 0.5, [1]));
        yield return Reduce("rows of length 1", x => F.normalize(x));
        yield return Reduce("running sum", x => x.cumsum(1).sin());
        yield return Reduce("running product", x => x.cumprod(1));
        yield return Reduce("running log-sum-exp", x => x.logcumsumexp(0));
        yield return Reduce("differences", x => x.diff().square());
        yield return Reduce("trapezoids", x => x.square().trapezoid());
        yield return Reduce("standardised", x => (x - x.mean([0])) / x.std([0], unbiased: true));
        yield return Reduce("Gram matrix", x => x.matmul(x.t()));
        yield return Reduce("distances", x => (x.unsqueeze(0) - x.unsqueeze(1)).square().sum([2]));
        yield return Reduce("covariance", x => x.cov());
        yield return Reduce("entropy of softmax", x => -(softmax(x, 1) * F.log_softmax(x, 1)).sum([1]));
        yield return Reduce("geometric mean", x => x.abs().log().mean([1]).exp());
    }

    /// <summary>What should not depend on the unit of measurement.</summary>
    private static IEnumerable<CorrectFunction> Scales()
    {
        foreach (var scale in new[] { 1e-6, 1e-3, 1e3, 1e6 })
        {
            yield return CorrectFunction.Of("scales", $"standardised at scale {scale}", x => (x - x.mean([0])) / x.std([0], unbiased: true), () => Sample.Normal(441, 5, 3) * scale);
            yield return CorrectFunction.Of("scales", $"rows of length 1 at scale {scale}", x => F.normalize(x), () => Sample.Apart(442, 4, 3) * scale);
            yield return CorrectFunction.Of("scales", $"Gram matrix at scale {scale}", x => x.matmul(x.t()), () => Sample.Normal(443, 4, 3) * scale);
            yield return CorrectFunction.Of("scales", $"variance at scale {scale}", x => x.var([0], unbiased: true), () => Sample.Normal(444, 5, 3) * scale);
            yield return CorrectFunction.Of("scales", $"quotient at scales {scale} and {1 / scale}", x => x[0] / x[1], () => Sample.Normal(445, 4) * scale, () => Sample.Apart(446, 4) / scale);
            yield return CorrectFunction.Of("scales", $"product of scales {scale} and {1 / scale}", x => x[0].matmul(x[1]), () => Sample.Normal(447, 3, 3) * scale, () => Sample.Normal(448, 3, 2) / scale);
            yield return CorrectFunction.Of("scales", $"softmax at temperature {scale}", x => softmax(x / scale, 1), () => Sample.Normal(449, 4, 3) * scale);
            yield return CorrectFunction.Of("scales", $"variance at offset {scale} σ", x => x.var([0], unbiased: true), () => Sample.Normal(450, 5, 3) + scale);
            yield return CorrectFunction.Of("scales", $"outputs in units of {scale}", x => x.tanh() / scale, () => Sample.Normal(451, 5));
        }
    }

    private static IEnumerable<CorrectFunction> Indexing()
    {
        yield return Index("rows, repeated", x => x[tensor(s_rows)].sin());
        yield return Index("row selection", x => x.index_select(0, tensor(s_rows)).square());
        yield return Index("gather", x => x.gather(1, tensor(new long[] { 0, 1, 1, 0, 2, 2 }, [3, 2])).exp());
        yield return Index("scatter add", x => zeros(3, 4, float64).scatter_add(0, tensor(new long[] { 0, 1, 0, 2, 1, 0, 0, 0, 2, 2, 1, 0 }, [3, 4]), x).square());
        yield return Index("scatter", x => zeros(4, 4, float64).scatter(0, tensor(new long[] { 3, 1, 0, 2, 1, 0, 2, 0, 2, 2, 1, 3 }, [3, 4]), x).square());
        yield return Index("masked selection", x => x.masked_select(x > 0).square());
        yield return Index("masked fill", x => x.masked_fill(x > 0, 2).square());
        yield return Index("slice with a step", x => x[.., TensorIndex.Slice(0, 4, 2)].sin());
        yield return Index("flip", x => x.flip(0, 1).sin());
        yield return Index("roll", x => x.roll(1, 0).sin());
        yield return Index("transpose", x => x.t().sin());
        yield return Index("diagonal", x => x.diagonal().square());
        yield return Index("diagonal matrix", x => x[0].diag().matrix_exp());
        yield return Index("upper triangle", x => x.triu().square());
        yield return Index("expand", x => x.unsqueeze(0).expand(2, 3, 4).sin());
        yield return Index("repeat", x => x.repeat(2, 1).sin());
        yield return Index("each twice", x => x.repeat_interleave(2, 0).sin());
        yield return Index("stack", x => stack([x, x.square()]).sin());
        yield return Index("concatenation", x => cat([x, x.exp()], 1));
        yield return Index("windows", x => x.unfold(1, 2, 1).prod(2));
        yield return Index("padding with zeros", x => F.pad(x, (1, 2)).sin());
        yield return Index("reflection", x => F.pad(x.unsqueeze(0), (1, 2), TorchSharp.PaddingModes.Reflect).sin());
        yield return Index("replication", x => F.pad(x.unsqueeze(0), (1, 2), TorchSharp.PaddingModes.Replicate).sin());
        yield return Index("a value written", x => x.clone().index_put_(x.sum().sin(), TensorIndex.Single(1), TensorIndex.Single(2)).square());
        yield return Index("rows added", x => zeros(3, 4, float64).index_add(0, tensor(new long[] { 1, 1, 0 }), x, 2).square());
        yield return Index("where", x => where(x > 0, x.square(), x.exp()));
        yield return Index("outer product", x => x[0].outer(x[1]));
        yield return Index("Kronecker product", x => x[..2].kron(x[1..]));
        yield return CorrectFunction.Of("indexing", "embedding", x => F.one_hot(tensor(s_rows), 5).to_type(float64).matmul(x).tanh(), () => Sample.Normal(462, 5, 3));
    }

    private static IEnumerable<CorrectFunction> OfTwo()
    {
        yield return Two("product", (a, b) => a * b);
        yield return Two("quotient", (a, b) => a / b);
        yield return Two("power", (a, b) => a.abs().pow(b));
        yield return Two("atan2", atan2);
        yield return Two("hypotenuse", (a, b) => a.hypot(b));
        yield return Two("log of a sum of exponentials", (a, b) => logaddexp(a, b));
        yield return Two("x·log y", (a, b) => a.xlogy(b.abs()));
        yield return Two("interpolation", (a, b) => a.lerp(b, tensor(0.3, float64)));
        yield return Two("a + 2·a·b", (a, b) => a.addcmul(a, b, 2));
        yield return Two("inner products of rows", (a, b) => (a * b).sum([1]));
        yield return Two("matrix product", (a, b) => a.matmul(b.t()));
        yield return Two("broadcast sum", (a, b) => (a.unsqueeze(1) + b.unsqueeze(0)).square().sum([2]).sqrt());
        yield return Two("cosine similarity", (a, b) => (a * b).sum([1]) / (a.norm(1) * b.norm(1)));
        yield return Two("squared error", (a, b) => F.mse_loss(a, b));
        yield return Two("cross product", (a, b) => linalg.cross(a[.., ..3], b[.., ..3]));
        yield return Two("attention", (a, b) => softmax(a.matmul(b.t()) / 2, -1).matmul(b));
        yield return Two("Kullback-Leibler", (a, b) => (softmax(a, 1) * (F.log_softmax(a, 1) - F.log_softmax(b, 1))).sum());
        yield return Two("einsum", (a, b) => einsum("ij,kj->ik", a, b));
        yield return Two("bilinear form", (a, b) => (a.matmul(a.t()) * b.matmul(b.t())).sum());
    }

    private static CorrectFunction Reduce(string name, Func<Tensor, Tensor> function) => CorrectFunction.Of("reductions", name, function, () => Sample.Apart(440, 4, 3));

    private static CorrectFunction Index(string name, Func<Tensor, Tensor> function) => CorrectFunction.Of("indexing", name, function, () => Sample.Apart(460, 3, 4));

    private static CorrectFunction Two(string name, Func<Tensor, Tensor, Tensor> function) =>
        CorrectFunction.Of("several inputs", name, x => function(x[0], x[1]), () => Sample.Apart(470, 2, 4), () => Sample.Apart(472, 2, 4));
}
