using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Graphs cut in the wrong place: the forward is right, and autograd does what it was told.</summary>
internal static class GraphFaults
{
    private const string Family = "graph";

    public static IEnumerable<Fault> All =>
    [
        Norm("mean detached", mean => mean.detach(), variance => variance, Cause.MeanTerm),
        Norm("variance detached", mean => mean, variance => variance.detach(), Cause.VarianceTerm),
        Norm("statistics detached", mean => mean.detach(), variance => variance.detach(), Cause.DetachedStatistics),
        Norm("statistics read out as numbers", mean => Copy(mean), variance => Copy(variance), Cause.DetachedStatistics),
        new GradientFault("γ used as data", Family, () => new Subject(new RuleModule("Scale", x => x[0] * x[1].detach() + x[2], ("weight", Sample.Apart(1, 3)), ("bias", Sample.Normal(2, 3))), Sample.Normal(3, 4, 3)), [Cause.MissingGradient]),
        Of("weight detached", x => x[0].matmul(x[1].detach()), () => [Sample.Normal(1, 4, 3), Sample.Normal(2, 3, 2)], Cause.MissingGradient),
        Of("one branch detached", x => x[0] * x[0].detach(), () => [Sample.Apart(3, 4, 3)], Cause.ConstantFactor),
        Of("input copied by hand", x => Copy(x[0]).view(4, 3).sin() + x[1], () => [Sample.Normal(4, 4, 3), Sample.Normal(5, 4, 3)], Cause.MissingGradient),
        Of("output detached", x => x[0].sin().detach(), () => [Sample.Normal(6, 4, 3)], Cause.NoGradient),
        Of("computed without a graph", WithoutGraph, () => [Sample.Normal(7, 4, 3)], Cause.NoGradient),
        Of("temperature as a number", x => softmax(x[0] / x[0].std().item<double>(), -1), () => [Sample.Normal(8, 2, 3)], Cause.DetachedStatistics, Cause.VarianceTerm, Cause.Unknown),
        Of("hidden state detached between steps", Recurrent, () => [Sample.Normal(9, 4, 3), Sample.Normal(10, 3, 3) * 0.5], Cause.Unknown, Cause.MissingGradient),
        Of("norm of a row detached", x => x[0] / x[0].detach().norm(1, keepdim: true, p: 2), () => [Sample.Normal(11, 4, 3)], Cause.DetachedStatistics, Cause.VarianceTerm, Cause.Unknown),
        Of("cell state detached", x => (x[0].sigmoid() * x[1].detach() + x[0].tanh()).tanh(), () => [Sample.Normal(12, 4, 3), Sample.Normal(13, 4, 3)], Cause.MissingGradient),
    ];

    /// <summary>The values as numbers, in a new tensor that knows nothing of where they come from.</summary>
    private static Tensor Copy(Tensor values) => tensor(values.detach().contiguous().data<double>().ToArray(), values.shape);

    private static Tensor WithoutGraph(Tensor[] inputs)
    {
        using var noGraph = no_grad();
        return inputs[0].exp();
    }

    private static Tensor Recurrent(Tensor[] inputs)
    {
        var hidden = inputs[0].tanh();                          // [N, C]
        hidden = (hidden.detach().matmul(inputs[1]) + inputs[0]).tanh();
        return (hidden.matmul(inputs[1]) + inputs[0]).tanh();
    }

    private static GradientFault Norm(string name, Func<Tensor, Tensor> mean, Func<Tensor, Tensor> variance, Cause expected) =>
        Of($"batch norm: {name}", x =>
        {
            var centre = x[0].mean([0]);                        // [C]
            var spread = (x[0] - centre).square().mean([0]);    // [C]
            return (x[0] - mean(centre)) * (variance(spread) + 1e-5).rsqrt() * x[1] + x[2]; // [N, C]
        }, () => [Sample.Normal(14, 6, 3), Sample.Apart(15, 3), Sample.Normal(16, 3)], expected);

    private static GradientFault Of(string name, Func<Tensor[], Tensor> function, Func<Tensor[]> inputs, params Cause[] expected) =>
        new(name, Family, () => Subject.Of(function, inputs()), expected);
}
