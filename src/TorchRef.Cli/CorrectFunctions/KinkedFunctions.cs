using TorchRef.Cli.Faults;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>Functions with kinks: away from them, very near to them, and at them.</summary>
internal static class KinkedFunctions
{
    private static readonly (string name, Func<Tensor, Tensor> function)[] s_kinkedAtZero =
    [
        ("ReLU", x => x.relu()), ("abs", x => x.abs()), ("leaky ReLU", x => F.leaky_relu(x, 0.1)), ("ReLU6", x => F.relu6(x)), ("clamp from 0", x => x.clamp(min: 0)), ("SELU", x => F.selu(x)),
        ("CELU", x => F.celu(x, 2)), ("threshold", x => F.threshold(x, 0, 0)), ("where", x => where(x > 0, x.square(), -x)), ("maximum with 0", x => maximum(x, zeros_like(x))),
    ];

    public static IEnumerable<CorrectFunction> All => [.. AwayAndNear(), .. At(), .. Of()];

    private static IEnumerable<CorrectFunction> AwayAndNear()
    {
        foreach (var (name, function) in s_kinkedAtZero)
        {
            yield return CorrectFunction.Of("kinks", $"{name} away from its kink", function, () => Sample.Apart(420, 3, 4));
            yield return CorrectFunction.Of("kinks", $"{name}, 3e-6 from its kink", function, () => tensor([3e-6, -3e-6, 0.5, -0.5])) with { AtKink = true };
            yield return CorrectFunction.Of("kinks", $"{name}, 1e-10 from its kink", function, () => tensor([1e-10, -1e-10, 0.5])) with { AtKink = true };
        }
    }

    private static IEnumerable<CorrectFunction> At()
    {
        foreach (var (name, function) in s_kinkedAtZero.Where(pair => pair.name is not ("where" or "clamp from 0" or "maximum with 0")))
            yield return CorrectFunction.Of("kinks", $"{name} at its kink", function, () => tensor([0.0, 1, -1])) with { AtKink = true };
        yield return Kink("maximum of equals", x => maximum(x[0], x[1]), () => tensor([1.0, 2]), () => tensor([1.0, -2]));
        yield return Kink("clamp at its bound", x => x[0].clamp(-1, 1), () => tensor([1.0, -1, 0.3]));
        yield return Kink("hard tanh at its bound", x => F.hardtanh(x[0]), () => tensor([1.0, -1, 0.3]));
        yield return Kink("largest of equals", x => x[0].amax([0]), () => tensor([1.0, 1, 0.3]));
        yield return Kink("max pooling of equals", x => F.max_pool1d(x[0], 2), () => tensor([1.0, 1, 0.3, 2, 2, 2]).view(1, 1, 6));
        yield return Kink("absolute error of equals", x => F.l1_loss(x[0], x[1]), () => tensor([1.0, 2]), () => tensor([1.0, 3]));
        yield return Kink("norm of zeros", x => x[0].norm(), () => zeros(3, float64));
    }

    private static IEnumerable<CorrectFunction> Of()
    {
        yield return Distinct("maximum", x => x.max());
        yield return Distinct("largest of rows", x => x.amax([1]));
        yield return Distinct("smallest of columns", x => x.amin([0]));
        yield return Distinct("sort", x => x.sort(1).Values);
        yield return Distinct("sort, falling", x => x.sort(0, descending: true).Values);
        yield return Distinct("top 2", x => x.topk(2, 1).values);
        yield return Distinct("running maximum", x => x.cummax(1).values);
        yield return Distinct("running minimum", x => x.cummin(0).values);
        yield return Distinct("median", x => x.median());
        yield return Distinct("second smallest", x => x.kthvalue(2, 1).values);
        yield return Distinct("quantile", x => x.quantile(tensor([0.3, 0.6]), 1));
        yield return Distinct("range", x => x.amax([1]) - x.amin([1]));
        yield return Distinct("clamp", x => x.clamp(-0.5, 1.3));
        yield return Distinct("hard tanh", x => F.hardtanh(x));
        yield return Distinct("hard swish", x => F.hardswish(x));
        yield return Distinct("hard shrink", x => F.hardshrink(x));
        yield return Distinct("soft shrink", x => F.softshrink(x));
        yield return Distinct("fraction", x => x.frac());
        yield return Distinct("remainder", x => x.remainder(0.5));
        yield return Distinct("largest norm", x => linalg.vector_norm(x, double.PositiveInfinity, [1]));
        yield return Distinct("norm of order 1", x => linalg.vector_norm(x, 1, [1]));
        yield return CorrectFunction.Of("order", "maximum of two", x => maximum(x[0], x[1]), () => Sample.Distinct(431, 3, 4), () => Sample.Distinct(432, 3, 4) + 0.11);
        yield return CorrectFunction.Of("order", "minimum of two", x => minimum(x[0], x[1]), () => Sample.Distinct(433, 3, 4), () => Sample.Distinct(434, 3, 4) + 0.11);
        yield return CorrectFunction.Of("order", "ReLU of many", x => x.relu(), () => Sample.Normal(435, 5, 12));
        yield return CorrectFunction.Of("order", "network of ReLUs", x => x[0].matmul(x[1]).relu().matmul(x[2]).relu(), () => Sample.Normal(436, 4, 3), () => Sample.Normal(437, 3, 5), () => Sample.Normal(438, 5, 2));
    }

    private static CorrectFunction Kink(string name, Func<Tensor[], Tensor> function, params Func<Tensor>[] inputs) =>
        CorrectFunction.Of("kinks", name, function, inputs) with { AtKink = true };

    private static CorrectFunction Distinct(string name, Func<Tensor, Tensor> function) => CorrectFunction.Of("order", name, function, () => Sample.Distinct(430, 3, 4));
}
