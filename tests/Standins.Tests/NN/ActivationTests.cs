using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

public class ActivationTests
{
    private static readonly Dictionary<string, (Func<nn.Module<Tensor, Tensor>> Module, Func<double, double> Value)> s_cases = new()
    {
        ["ReLU"] = (() => nn.ReLU(), x => Math.Max(x, 0)),
        ["ReLU6"] = (() => nn.ReLU6(), x => Math.Clamp(x, 0, 6)),
        ["LeakyReLU"] = (() => nn.LeakyReLU(0.2), x => x > 0 ? x : 0.2 * x),
        ["PReLU"] = (() => nn.PReLU(1, 0.375, dtype: float64), x => x > 0 ? x : 0.375 * x),
        ["ELU"] = (() => nn.ELU(1.5), x => x > 0 ? x : 1.5 * (Math.Exp(x) - 1)),
        ["CELU"] = (() => nn.CELU(2), x => x > 0 ? x : 2 * (Math.Exp(x / 2) - 1)),
        ["SELU"] = (() => nn.SELU(), x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        ["SiLU"] = (() => nn.SiLU(), x => x / (1 + Math.Exp(-x))),
        ["Mish"] = (() => nn.Mish(), x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["Sigmoid"] = (() => nn.Sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ["Tanh"] = (() => nn.Tanh(), Math.Tanh),
        ["LogSigmoid"] = (() => nn.LogSigmoid(), x => -Math.Log(1 + Math.Exp(-x))),
        ["Hardsigmoid"] = (() => nn.Hardsigmoid(), x => Math.Clamp(x / 6 + 0.5, 0, 1)),
        ["Hardswish"] = (() => nn.Hardswish(), x => x * Math.Clamp(x / 6 + 0.5, 0, 1)),
        ["Hardshrink"] = (() => nn.Hardshrink(0.7), x => Math.Abs(x) > 0.7 ? x : 0),
        ["Softshrink"] = (() => nn.Softshrink(0.7), x => Math.Abs(x) > 0.7 ? x - 0.7 * Math.Sign(x) : 0),
        ["Softplus"] = (() => nn.Softplus(2), x => Math.Log(1 + Math.Exp(2 * x)) / 2),
        ["Softsign"] = (() => nn.Softsign(), x => x / (1 + Math.Abs(x))),
        ["Tanhshrink"] = (() => nn.Tanhshrink(), x => x - Math.Tanh(x)),
        ["Threshold"] = (() => nn.Threshold(0.5, -3), x => x > 0.5 ? x : -3),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_activation_is_its_formula(string name)
    {
        double[] points = [-7, -2.5, -1, -0.3, 0.4, 1, 2.5, 7];
        using var module = s_cases[name].Module();
        using var output = module.call(torch.tensor(points));
        Near.Assert(output, [.. points.Select(s_cases[name].Value)], 1e-9);
        Assert.Equal(name, module.GetName());
    }

    [Fact]
    public void In_place_the_input_takes_the_values()
    {
        using var input = torch.tensor(new float[] { -1, 2 });
        using var output = nn.ReLU(inplace: true).call(input);
        Assert.NotSame(input, output);
        Near.Assert(input, [0, 2]);
    }

    [Fact]
    public void GELU_and_GLU_match_python()
    {
        Near.Assert(nn.GELU().call(torch.tensor(new[] { -1.0, 0.5, 2 })), [-0.158655, 0.345731, 1.954500], 1e-6);
        Near.Assert(nn.GLU().call(torch.tensor(new[] { 1.0, 2, 0, -1 })), [0.5, 0.537883], 1e-6);
    }

    [Fact]
    public void Softmax_and_its_relatives_work_along_a_dimension()
    {
        using var input = torch.tensor(new[,] { { 1.0, 2, 4 }, { 0, 0, 0 } });
        using var softmax = nn.Softmax(1).call(input);
        Near.Assert(softmax.sum([1L]), [1, 1], 1e-12);
        Near.Assert(nn.LogSoftmax(1).call(input).exp() - softmax, [0, 0, 0, 0, 0, 0], 1e-12);
        Near.Assert(nn.Softmin(1).call(-input) - softmax, [0, 0, 0, 0, 0, 0], 1e-12);
        Near.Assert(nn.Softmax2d().call(torch.ones(1, 4, 1, 2)), [.. Enumerable.Repeat(0.25, 8)]);
    }

    [Fact]
    public void A_random_leaky_ReLU_has_its_mean_slope_in_evaluation()
    {
        using var module = nn.RReLU(0.2, 0.4);
        module.eval();
        Near.Assert(module.call(torch.tensor(new float[] { -10, 1 })), [-3, 1]);
    }
}
