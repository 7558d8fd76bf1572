using TorchRef.Cli.Faults;
using static TorchSharp.torch;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>Correct functions of inputs that a checker may trip over: shapes, strides, types, numbers of inputs and outputs.</summary>
internal static class UnusualInputs
{
    private const string Family = "unusual inputs";

    public static IEnumerable<CorrectFunction> All =>
    [
        Of("a scalar", x => [x[0].exp()], () => tensor(0.7, float64)),
        Of("a scalar, second order", x => [x[0].exp()], () => tensor(0.7, float64)) with { Order = 2 },
        Of("one value", x => [x[0].exp()], () => tensor([0.7])),
        Of("transposed input", x => [x[0].sin()], () => Sample.Normal(901, 3, 4).t()),
        Of("every other column", x => [x[0].sin()], () => Sample.Normal(902, 3, 6)[.., TensorIndex.Slice(0, 6, 2)]),
        Of("channels last", x => [x[0].sin() * x[0].mean([2, 3], keepdim: true)], () => Sample.Normal(903, 2, 3, 2, 2).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)),
        Of("an expanded input", x => [x[0].sin()], () => Sample.Normal(904, 1, 3).expand(4, 3)),
        Of("five dimensions", x => [x[0].tanh()], () => Sample.Normal(905, 2, 1, 2, 1, 2)),
        Of("two outputs", x => [x[0].sin(), x[0].cos().sum()], () => Sample.Normal(906, 4)),
        Of("the same output twice", x => [x[0].sin(), x[0].sin()], () => Sample.Normal(907, 4)),
        Of("an output that is the input", x => [x[0].alias(), x[0].sin()], () => Sample.Normal(908, 4)),
        Of("an output of integers beside", x => [x[0].sin(), x[0].argmax()], () => Sample.Normal(909, 4)),
        Of("four inputs", x => [(x[0] * x[1] + x[2] / x[3]).sin()], () => Sample.Normal(910, 3), () => Sample.Normal(911, 3), () => Sample.Normal(912, 3), () => Sample.Apart(913, 3)),
        Of("inputs of different shapes", x => [x[0].matmul(x[1]) + x[2]], () => Sample.Normal(914, 2, 3), () => Sample.Normal(915, 3, 4), () => Sample.Normal(916, 4)),
        Of("indices beside", x => [x[0][x[1]].sin()], () => Sample.Normal(917, 4, 2), () => tensor(new long[] { 3, 0, 0 })),
        Of("a mask beside", x => [x[0].masked_fill(x[1], 0).sin()], () => Sample.Normal(918, 4), () => tensor(new[] { true, false, false, true })),
        Of("inputs of very different scales", x => [(x[0] * x[1]).tanh()], () => Sample.Normal(919, 4) * 1e-6, () => Sample.Normal(920, 4) * 1e6),
        Of("float32 input", x => [x[0].sin()], () => Sample.Normal(921, 4).to_type(float32)) with { Unjudgeable = "float32 has too few digits" },
        Of("an empty input beside", x => [x[0].sin() + x[1].sum()], () => Sample.Normal(922, 4), () => zeros(0, 3, float64)),
        Of("an unused input", x => [x[0].sin() + x[1] * 0], () => Sample.Normal(923, 4), () => Sample.Normal(924, 4)) with { Unjudgeable = "nothing depends on an input" },
        Of("outputs of very different scales", x => [x[0].sin() * 1e-8, x[0].cos() * 1e8], () => Sample.Normal(925, 4)),
        Of("rows of very different scales", x => [x[0].square() * tensor([1e-8, 1, 1e8]).unsqueeze(1)], () => Sample.Normal(926, 3, 4)),
        Of("a sparse Jacobian", x => [x[0].square()], () => Sample.Normal(927, 6, 7)),
        Of("a full Jacobian", x => [softmax(x[0].flatten(), 0)], () => Sample.Normal(928, 4, 5)),
        Of("a wide one", x => [x[0].square().sum()], () => Sample.Normal(929, 40)),
        Of("a tall one", x => [(x[0] * arange(40, dtype: float64)).sin()], () => tensor(0.3, float64)),
        Of("a linear function", x => [x[0] * 3 - 1], () => Sample.Normal(930, 5)),
        Of("the identity", x => [x[0].alias()], () => Sample.Normal(931, 5)),
        Of("the identity, second order", x => [x[0].alias()], () => Sample.Normal(932, 5)) with { Order = 2 },
        Of("a quadratic function, second order", x => [x[0].square()], () => Sample.Normal(933, 5)) with { Order = 2 },
        Of("a gradient cut on purpose where it is 0", x => [x[0].sin() + x[0].detach().sign()], () => Sample.Apart(934, 5)),
        Of("in place on a copy", x => [x[0].clone().mul_(2).sin_()], () => Sample.Normal(935, 5)),
        Of("all inputs equal", x => [softmax(x[0], 0) * x[0].exp()], () => ones(4, float64)),
        Of("equal rows", x => [x[0].mean([0]) * x[0].square()], () => Sample.Normal(936, 1, 3).repeat(4, 1)),
        Of("large and small inputs mixed", x => [x[0].square().sum().sqrt()], () => tensor([1e-8, 1, 1e8])),
    ];

    private static CorrectFunction Of(string name, Func<Tensor[], Tensor[]> function, params Func<Tensor>[] inputs) =>
        new(name, Family, () => new Subject(function, [.. inputs.Select(input => input())]));
}
