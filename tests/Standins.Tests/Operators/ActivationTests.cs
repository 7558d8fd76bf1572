using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class ActivationTests
{
    private static Tensor X() => Near.Doubles(-2, -0.5, 0, 0.5, 2);

    private static void Requires(Func<double, double> expected, Tensor actual) => Near.Equal(Near.Values(X()).Select(expected).ToArray(), actual);

    [Fact]
    public void Rectifiers_differ_below_zero()
    {
        Requires(x => Math.Max(x, 0), X().relu());
        Requires(x => Math.Clamp(x, 0, 6), X().relu6());
        Requires(x => x < 0 ? 0.1 * x : x, X().leaky_relu(0.1));
        Requires(x => x < 0 ? 0.25 * x : x, X().prelu(Near.Doubles(0.25)));
        Requires(x => x < 0 ? 2 * (Math.Exp(x) - 1) : x, X().elu(2));
        Requires(x => x < 0 ? 2 * (Math.Exp(x / 2) - 1) : x, X().celu(2));
        Requires(x => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * (Math.Exp(x) - 1) : x), X().selu());
        Requires(x => x > 1 ? x : 7, X().threshold(1, 7));
    }

    [Fact]
    public void Smooth_activations_agree_with_their_definitions()
    {
        Requires(x => x / (1 + Math.Exp(-x)), X().silu());
        Requires(x => Math.Log(1 + Math.Exp(x)), X().softplus());
        Requires(x => Math.Log(1 + Math.Exp(3 * x)) / 3, X().softplus(beta: 3));
        Requires(x => -Math.Log(1 + Math.Exp(-x)), X().log_sigmoid());
        Near.Equal([0, 0.8413447460685429], Near.Doubles(0, 1).gelu());
    }

    [Fact]
    public void Hard_activations_are_pieces_of_lines()
    {
        Requires(x => Math.Clamp(x, -1, 1), X().hardtanh_(-1, 1));
        Requires(x => Math.Clamp(x / 6 + 0.5, 0, 1), X().hardsigmoid());
        Requires(x => x * Math.Clamp(x / 6 + 0.5, 0, 1), X().hardswish());
    }

    [Fact]
    public void A_softmax_sums_to_one_and_its_logarithm_agrees()
    {
        var x = X().reshape(1, 5);
        Near.Equal(1, x.softmax(1).sum());
        Near.Equal(Near.Values(x.softmax(1).log()), x.log_softmax(1));
        Near.Equal(Near.Values(x.softmax(1)), torch.softmax(x, 1));
        Assert.Equal(ScalarType.Float64, ones(3, dtype: ScalarType.Float32).softmax(0, ScalarType.Float64).dtype);
    }

    [Fact]
    public void A_gate_multiplies_halves()
    {
        Near.Equal([1 / (1 + Math.Exp(-3)), 2 / (1 + Math.Exp(-4))], Near.Doubles(1, 2, 3, 4).glu());
    }
}
