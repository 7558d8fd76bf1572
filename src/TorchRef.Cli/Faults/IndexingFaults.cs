using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Gradients sent to the wrong place, and gradients of which one entry is wrong.</summary>
internal static class IndexingFaults
{
    private static readonly long[] s_rows = [2, 0, 2, 1, 2];

    public static IEnumerable<Fault> All => [.. Places(), .. Entries()];

    private static IEnumerable<Fault> Places()
    {
        yield return Of("gather: repeated rows overwrite each other", x => x[Rows()], (g, x) => zeros_like(x).index_copy(0, Rows(), g), Cause.Unknown, Cause.WrongReduction, Cause.SingleEntry);
        yield return Of("gather: rows off by one", x => x[Rows()], (g, x) => zeros_like(x).index_add(0, Rows() + 1, g, 1), Cause.Unknown);
        yield return Of("embedding: scaled by frequency", x => x[Rows()], (g, x) => zeros_like(x).index_add(0, Rows(), g, 1) / Frequencies(x), Cause.Unknown, Cause.ChannelFactor, Cause.WrongReduction);
        yield return Of("sort: gradient not put back", x => x.sort(0).Values, (g, _) => g, Cause.Unknown);
        yield return Of("shift: shifted the same way again", x => x.roll(1, 0), (g, _) => g.roll(1, 0), Cause.Unknown, Cause.Transposed);
        yield return Of("shift: not shifted back", x => x.roll(1, 0), (g, _) => g, Cause.Unknown);
        yield return Of("batch: gradients of neighbours exchanged", x => x.exp(), (g, x) => (g * x.exp()).flip(0), Cause.Unknown);
        yield return Of("padding: taken from the wrong end", x => x.roll(1, 0).mul(Edge(x)), (g, x) => (g * Edge(x)).roll(1, 0), Cause.Unknown, Cause.Transposed);
        yield return Of("differences: first term forgotten", x => x[1..] - x[..^1], (g, x) => cat([zeros_like(x)[..1], g], 0), Cause.Unknown, Cause.SingleEntry, Cause.WrongReduction);
        yield return Of("concatenation: halves exchanged", x => cat([x, x.square()], 0), (g, x) => g[4..] + g[..4] * x * 2, Cause.Unknown);
        yield return Of("repetition: copies not added up", x => x.repeat(2, 1), (g, _) => g[..4], Cause.WrongReduction, Cause.Unknown);
        yield return Of("where: branches exchanged", x => where(x > 0, x.square(), x.exp()), (g, x) => g * where(x > 0, x.exp(), x * 2), Cause.Unknown);
        yield return Of("clamp: masked inside", x => x.clamp(-1, 1), (g, x) => g * (x.abs() > 1).to_type(float64), Cause.MaskNotReused, Cause.Unknown);
    }

    private static IEnumerable<Fault> Entries()
    {
        yield return Entry("one entry off by 1e-2", gradient => At(gradient, 1.01));
        yield return Entry("one entry off by 1e-4", gradient => At(gradient, 1.0001));
        yield return Entry("one entry off by 1e-6", gradient => At(gradient, 1.000001));
        yield return Entry("one entry zero", gradient => At(gradient, 0));
        yield return Entry("one entry of the wrong sign", gradient => At(gradient, -1));
        yield return Entry("last example zero", gradient => cat([gradient[..3], gradient[3..] * 0], 0), Cause.MissingGradient, Cause.ChannelFactor);
        yield return Entry("two entries exchanged", gradient => cat([gradient[..3], gradient[3..].flip(1)], 0), Cause.Unknown);
        yield return Entry("all off by 1e-4", gradient => gradient * 1.0001, Cause.ConstantFactor);
        yield return Entry("all off by 1e-7", gradient => gradient * (1 + 1e-7), Cause.ConstantFactor);
        yield return new GradientFault("matrix product: one entry off by 1e-4", "entries", Product, [Cause.SingleEntry]);
        yield return new GradientFault("one entry of many off by 1e-2", "entries", Wide, [Cause.SingleEntry]);

        static Subject Product() => Subject.Of(
            Rule.Of((a, b) => a.matmul(b), (g, a, b) => [g.matmul(b.t()), At(a.t().matmul(g), 1.0001)]), Sample.Normal(72, 4, 3), Sample.Normal(73, 3, 2));

        static Subject Wide() => Subject.Of(Rule.Of(x => x.sin(), (g, x) => At(g * x.cos(), 1.01)), Sample.Normal(74, 12, 10));
    }

    /// <summary>The entry [1, 1] times a number.</summary>
    private static Tensor At(Tensor gradient, double factor)
    {
        var factors = ones_like(gradient);                      // [N, C]
        factors[1, 1] = factor;
        return gradient * factors;
    }

    private static Tensor Rows() => tensor(s_rows);             // [5]

    private static Tensor Frequencies(Tensor x) => zeros(x.shape[0], 1, float64).index_add(0, Rows(), ones(5, 1, float64), 1).clamp(min: 1); // [4, 1]

    private static Tensor Edge(Tensor x)
    {
        var edge = ones_like(x);                                // [4, 3]
        edge[0] = 0.0;
        return edge;
    }

    private static GradientFault Entry(string name, Func<Tensor, Tensor> change, params Cause[] alternatives)
    {
        // All off by the same is no matter of one entry.
        Cause[] expected = alternatives is [Cause.ConstantFactor] ? alternatives : [Cause.SingleEntry, .. alternatives];
        return new GradientFault(name, "entries", () => Subject.Of(Rule.Of(x => x.exp(), (g, x) => change(g * x.exp())), Sample.Normal(70, 4, 3)), expected);
    }

    private static GradientFault Of(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] expected) =>
        new(name, "indexing", () => Subject.Of(Rule.Of(forward, backward), Sample.Apart(71, 4, 3)), expected);
}
