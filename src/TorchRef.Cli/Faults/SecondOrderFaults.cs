using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>First derivatives that are right and can't be differentiated again.</summary>
internal static class SecondOrderFaults
{
    private const string Family = "second order";

    public static IEnumerable<Fault> All =>
    [
        Norm("batch norm: x̂ and 1/σ saved", new() { SavesIntermediates = true }),
        Norm("batch norm: 1/σ saved", new() { SavesInverse = true }),
        Of("sigmoid: y saved", x => x.sigmoid(), y => y, (g, _, y) => g * y * (1 - y)),
        Of("tanh: 1 − y² saved", x => x.tanh(), y => 1 - y.square(), (g, _, saved) => g * saved),
        Of("exponential: y saved", x => x.exp(), y => y, (g, _, y) => g * y),
        Of("softmax: y saved", x => softmax(x, -1), y => y, (g, _, y) => y * (g - (g * y).sum([-1], keepdim: true))),
        Of("square: backward detached", x => x.square(), y => y, (g, x, _) => g * x.detach() * 2),
        Of("sine: backward without a graph", x => x.sin(), y => y, (g, x, _) => WithoutGraph(() => g * x.cos()), Cause.NoGradient, Cause.MissingGradient),
        Of("cube: one factor of the backward detached", x => x.pow(3), y => y, (g, x, _) => g * 3 * x * x.detach(), Cause.ConstantFactor),
        Of("reciprocal: y saved", x => x.reciprocal(), y => y, (g, _, y) => -g * y.square()),
        new GradientFault("affine: x detached in W's gradient", Family, () => Subject.Of(Rule.Of((x, w) => x.matmul(w), (g, x, w) => [g.matmul(w.t()), x.detach().t().matmul(g)]), Sample.Normal(91, 4, 3), Sample.Normal(92, 3, 2)), [Cause.SavedConstants, Cause.MissingGradient]) { Order = 2 },
        new GradientFault("square: factor of the second derivative missing", Family, () => Subject.Of(Rule.Of(x => x.square(), (g, x) => s_wrongProduct.Apply(g, x) * 2), Sample.Apart(93, 3, 2)), [Cause.ConstantFactor, Cause.Unknown]) { Order = 2 },
        new GradientFault("matrix inverse: saved", Family, Inverse, [Cause.SavedConstants]) { Order = 2 },
    ];

    /// <summary>A product whose own derivative by the second factor is half of what it should be.</summary>
    private static readonly Rule s_wrongProduct = Rule.Of((a, b) => a * b, (g, a, b) => [g * b, g * a / 2]);

    private static Subject Inverse() => Subject.Of(
        new Rule(x => x[0].inverse(), (g, saved) => [-saved[1].t().matmul(g).matmul(saved[1].t())]) { Save = x => [x[0], x[0].inverse()] }, Sample.Matrix(94, 3, 3));

    private static Tensor WithoutGraph(Func<Tensor> compute)
    {
        using var noGraph = no_grad();
        return compute();
    }

    private static GradientFault Norm(string name, BatchNormRule rule) =>
        new(name, Family, () => new Subject(new RuleModule("BatchNorm", ((Rule)rule).Apply, ("weight", Sample.Apart(95, 2)), ("bias", Sample.Normal(96, 2))), Sample.Normal(97, 4, 2)), [Cause.SavedConstants]) { Order = 2 };

    private static GradientFault Of(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor> save, Func<Tensor, Tensor, Tensor, Tensor?> backward, params Cause[] alternatives)
    {
        var rule = new Rule(x => forward(x[0]), (gradient, saved) => [backward(gradient, saved[0], saved[1])]) { Save = x => [x[0], save(forward(x[0]))] };
        return new GradientFault(name, Family, () => Subject.Of(rule, Sample.Apart(98, 3, 2)), [Cause.SavedConstants, .. alternatives]) { Order = 2 };
    }
}
