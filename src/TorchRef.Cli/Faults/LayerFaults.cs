using TorchRef.Checks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchRef.Cli.Faults;

/// <summary>Mistakes in the backward of affine layers and convolutions.</summary>
internal static class LayerFaults
{
    public static IEnumerable<Fault> All => [.. Affine(), .. Convolution(), .. Pooling()];

    private static IEnumerable<Fault> Affine()
    {
        yield return Of("W's gradient transposed, N = in = out", Square, (g, x, w) => [g.matmul(w), x.t().matmul(g), g.sum([0])], Cause.Transposed);
        yield return Of("x's gradient by the transposed W, in = out", Square, (g, x, w) => [g.matmul(w.t()), g.t().matmul(x), g.sum([0])], Cause.Transposed);
        yield return Of("W's gradient in the wrong order, N = in = out", Square, (g, x, w) => [g.matmul(w), g.matmul(x), g.sum([0])], Cause.Unknown, Cause.Transposed, Cause.WrongReduction);
        yield return Of("b's gradient averaged", Oblong, (g, x, w) => [g.matmul(w), g.t().matmul(x), g.mean([0])], Cause.ConstantFactor);
        yield return Of("W's gradient averaged", Oblong, (g, x, w) => [g.matmul(w), g.t().matmul(x) / 4, g.sum([0])], Cause.ConstantFactor);
        yield return Of("b's gradient from the first example", Oblong, (g, x, w) => [g.matmul(w), g.t().matmul(x), g[0]], Cause.WrongReduction);
        yield return Of("b's gradient over examples in place of outputs, N = out", Square, (g, x, w) => [g.matmul(w), g.t().matmul(x), g.sum([1])], Cause.WrongReduction, Cause.Transposed);
        yield return Of("W's gradient from the last example", Oblong, (g, x, w) => [g.matmul(w), g[3].outer(x[3]), g.sum([0])], Cause.WrongReduction);
        yield return Of("no gradient of b", Oblong, (g, x, w) => [g.matmul(w), g.t().matmul(x), null], Cause.MissingGradient);
        yield return Of("no gradient of x", Oblong, (g, x, _) => [null, g.t().matmul(x), g.sum([0])], Cause.MissingGradient);
        yield return Of("zeros for W", Oblong, (g, _, w) => [g.matmul(w), zeros_like(w), g.sum([0])], Cause.MissingGradient);
        yield return Of("incoming gradient ignored", Oblong, (g, x, w) => [ones_like(g).matmul(w), ones_like(g).t().matmul(x), ones_like(g).sum([0])], Cause.CotangentIgnored);
        yield return Of("decay added to W's gradient", Oblong, (g, x, w) => [g.matmul(w), g.t().matmul(x) + w * 0.01, g.sum([0])], Cause.CotangentIgnored);
        yield return Of("W's gradient of the wrong sign", Oblong, (g, x, w) => [g.matmul(w), -g.t().matmul(x), g.sum([0])], Cause.ConstantFactor);
        yield return Of("W's gradient in float32", Oblong, (g, x, w) => [g.matmul(w), g.to_type(float32).t().matmul(x.to_type(float32)).to_type(float64), g.sum([0])], Cause.Precision);
    }

    private static Subject Square(Func<Tensor, Tensor, Tensor, Tensor?[]> backward) => Affine(backward, Sample.Normal(31, 3, 3), 3);

    private static Subject Oblong(Func<Tensor, Tensor, Tensor, Tensor?[]> backward) => Affine(backward, Sample.Normal(32, 4, 3), 2);

    private static Subject Affine(Func<Tensor, Tensor, Tensor, Tensor?[]> backward, Tensor input, long outputs)
    {
        var rule = new Rule(x => x[0].matmul(x[1].t()) + x[2], (gradient, saved) => backward(gradient, saved[0], saved[1])); // [N, out]
        return new Subject(new RuleModule("Affine", rule.Apply, ("weight", Sample.Normal(33, outputs, 3)), ("bias", Sample.Normal(34, outputs))), input);
    }

    private static GradientFault Of(string name, Func<Func<Tensor, Tensor, Tensor, Tensor?[]>, Subject> make, Func<Tensor, Tensor, Tensor, Tensor?[]> backward, params Cause[] expected) =>
        new(name, "affine", () => make(backward), expected);

    private static IEnumerable<Fault> Convolution()
    {
        yield return Convolve("kernel turned round for x", (g, x, w) => [F.conv_transpose1d(g, w.flip(2), padding: 1), WeightGradient(g, x), g.sum([0, 2])], Cause.Unknown);
        yield return Convolve("channels of W exchanged for x", (g, x, w) => [F.conv_transpose1d(g, w.transpose(0, 1), padding: 1), WeightGradient(g, x), g.sum([0, 2])], Cause.Unknown, Cause.Transposed);
        yield return Convolve("W's gradient turned round", (g, x, w) => [InputGradient(g, w), WeightGradient(g, x).flip(2), g.sum([0, 2])], Cause.Unknown);
        yield return Convolve("W's gradient from the first example", (g, x, w) => [InputGradient(g, w), WeightGradient(g[..1], x[..1]), g.sum([0, 2])], Cause.WrongReduction);
        yield return Convolve("W's gradient averaged", (g, x, w) => [InputGradient(g, w), WeightGradient(g, x) / 2, g.sum([0, 2])], Cause.ConstantFactor);
        yield return Convolve("b's gradient over the batch only", (g, x, w) => [InputGradient(g, w), WeightGradient(g, x), g.sum([0])[.., 0]], Cause.WrongReduction);
        yield return Convolve("b's gradient averaged over positions", (g, x, w) => [InputGradient(g, w), WeightGradient(g, x), g.sum([0, 2]) / 5], Cause.ConstantFactor);
        yield return Convolve("border positions forgotten", (g, x, w) => [InputGradient(g * Inner(g), w), WeightGradient(g, x), g.sum([0, 2])], Cause.Unknown, Cause.MissingGradient, Cause.SingleEntry, Cause.ChannelFactor, Cause.WrongReduction);
        yield return Convolve("W's gradient shifted by one tap", (g, x, w) => [InputGradient(g, w), WeightGradient(g, x).roll(1, 2), g.sum([0, 2])], Cause.Unknown);
    }

    private static Tensor InputGradient(Tensor gradient, Tensor weight) => F.conv_transpose1d(gradient, weight, padding: 1); // [N, in, L]

    private static Tensor WeightGradient(Tensor gradient, Tensor input) =>
        F.conv1d(input.transpose(0, 1), gradient.transpose(0, 1), padding: 1).transpose(0, 1); // [out, in, 3]

    private static Tensor Inner(Tensor gradient)
    {
        var inner = ones_like(gradient);                        // [N, out, L]
        inner[.., .., 0] = 0.0;
        inner[.., .., -1] = 0.0;
        return inner;
    }

    private static GradientFault Convolve(string name, Func<Tensor, Tensor, Tensor, Tensor?[]> backward, params Cause[] expected)
    {
        var rule = new Rule(x => F.conv1d(x[0], x[1], x[2], padding: 1), (gradient, saved) => backward(gradient, saved[0], saved[1])); // [N, 2, L]
        return new GradientFault(name, "convolution", Make, expected);

        Subject Make() => new(new RuleModule("Convolution", rule.Apply, ("weight", Sample.Normal(36, 2, 2, 3)), ("bias", Sample.Normal(37, 2))), Sample.Normal(35, 2, 2, 5));
    }

    private static IEnumerable<Fault> Pooling()
    {
        yield return Pool("average pooling: not divided", x => F.avg_pool1d(x, 2), (g, _) => g.repeat_interleave(2, -1), Cause.ConstantFactor);
        yield return Pool("average pooling: divided by the wrong number", x => F.avg_pool1d(x, 2), (g, _) => g.repeat_interleave(2, -1) / 4, Cause.ConstantFactor);
        yield return Pool("max pooling: to the first of each window", x => F.max_pool1d(x, 2), (g, _) => stack([g, zeros_like(g)], -1).flatten(-2), Cause.Unknown, Cause.SingleEntry);
        yield return Pool("max pooling: to all of a window", x => F.max_pool1d(x, 2), (g, _) => g.repeat_interleave(2, -1), Cause.Unknown, Cause.WrongReduction);
        yield return Pool("max pooling: shared by a window", x => F.max_pool1d(x, 2), (g, _) => g.repeat_interleave(2, -1) / 2, Cause.Unknown, Cause.WrongReduction);
    }

    private static GradientFault Pool(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] expected) =>
        new(name, "convolution", () => Subject.Of(Rule.Of(forward, backward), Sample.Distinct(38, 2, 2, 6)), expected);
}
