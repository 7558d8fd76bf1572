using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Derivatives of element-wise functions written down wrong.</summary>
internal static class ActivationFaults
{
    private const string Family = "activations";

    public static IEnumerable<Fault> All =>
    [
        Of("sigmoid: x·(1 − x) for y·(1 − y)", x => x.sigmoid(), (g, x) => g * x * (1 - x), Cause.Unknown),
        Of("sigmoid: 1 − y missing", x => x.sigmoid(), (g, x) => g * x.sigmoid(), Cause.Unknown),
        Of("sigmoid: sign", x => x.sigmoid(), (g, x) => -g * x.sigmoid() * (1 - x.sigmoid()), Cause.ConstantFactor),
        Of("sigmoid: without the chain rule", x => x.sigmoid(), (_, x) => x.sigmoid() * (1 - x.sigmoid()), Cause.CotangentIgnored),
        Of("tanh: 1 − x² for 1 − y²", x => x.tanh(), (g, x) => g * (1 - x.square()), Cause.Unknown),
        Of("tanh: 1 − y for 1 − y²", x => x.tanh(), (g, x) => g * (1 - x.tanh()), Cause.Unknown),
        Of("tanh: 1 + y² for 1 − y²", x => x.tanh(), (g, x) => g * (1 + x.tanh().square()), Cause.Unknown),
        Of("ReLU: masked by the incoming gradient", x => x.relu(), (g, _) => g * (g > 0).to_type(float64), Cause.CotangentIgnored),
        Of("ReLU: not masked", x => x.relu(), (g, _) => g, Cause.Unknown),
        Of("ReLU: mask turned round", x => x.relu(), (g, x) => g * (x < 0).to_type(float64), Cause.MaskNotReused, Cause.Unknown),
        Of("ReLU: y in place of the mask", x => x.relu(), (g, x) => g * x.relu(), Cause.Unknown),
        Of("leaky ReLU: slope on the wrong side", x => nn.functional.leaky_relu(x, 0.1), (g, x) => g * ((x > 0).to_type(float64) * -0.9 + 1), Cause.Unknown),
        Of("leaky ReLU: slope missing", x => nn.functional.leaky_relu(x, 0.1), (g, x) => g * (x > 0).to_type(float64), Cause.Unknown, Cause.MissingGradient),
        Of("ELU: +1 missing", x => nn.functional.elu(x, 1), (g, x) => g * where(x > 0, ones_like(x), x.expm1()), Cause.Unknown),
        Of("softplus: e^x for the sigmoid", x => nn.functional.softplus(x), (g, x) => g * x.exp(), Cause.Unknown),
        Of("SiLU: x·σ′ missing", x => x * x.sigmoid(), (g, x) => g * x.sigmoid(), Cause.Unknown),
        Of("GELU: x·φ(x) missing", x => nn.functional.gelu(x), (g, x) => g * (x / Math.Sqrt(2)).erf().add(1) / 2, Cause.Unknown),
        Of("GELU: derivative of the tanh approximation", x => nn.functional.gelu(x), TanhGelu, Cause.Unknown),
        Of("square: 2 missing", x => x.square(), (g, x) => g * x, Cause.ConstantFactor),
        Of("cube: exponent not lowered", x => x.pow(3), (g, x) => g * 3 * x.pow(3), Cause.Unknown),
        Of("cos: sign missing", x => x.cos(), (g, x) => g * x.sin(), Cause.ConstantFactor),
        Of("log10: ln 10 missing", x => x.abs().log10(), (g, x) => g / x, Cause.ConstantFactor),
        Of("2^x: ln 2 missing", x => x.exp2(), (g, x) => g * x.exp2(), Cause.ConstantFactor),
        Of("erf: 2/√π missing", x => x.erf(), (g, x) => g * (-x.square()).exp(), Cause.ConstantFactor),
        Of("reciprocal: sign missing", x => x.reciprocal(), (g, x) => g / x.square(), Cause.ConstantFactor),
        Of("degrees taken for radians", x => (x * (Math.PI / 180)).sin(), (g, x) => g * (x * (Math.PI / 180)).cos(), Cause.ConstantFactor),
        Of("scale of the input forgotten", x => (x * 3).tanh(), (g, x) => g * (1 - (x * 3).tanh().square()), Cause.ConstantFactor),
        Of("atan2: arguments mixed up", (y, x) => atan2(y, x), (g, y, x) => [g * y / (x.square() + y.square()), -g * x / (x.square() + y.square())], Cause.Swapped, Cause.Unknown),
        Of("product: factors mixed up", (a, b) => a * b, (g, a, b) => [g * a, g * b], Cause.Swapped),
        Of("quotient: divisor not squared", (a, b) => a / b, (g, a, b) => [g / b, -g * a / b], Cause.Unknown),
        Of("quotient: sign of the divisor's gradient", (a, b) => a / b, (g, a, b) => [g / b, g * a / b.square()], Cause.ConstantFactor),
        Of("difference: sign of the second", (a, b) => a - b, (g, _, _) => [g, g], Cause.ConstantFactor),
        Of("hard tanh: upper bound forgotten", x => x.clamp(-1, 1), (g, x) => g * (x > -1).to_type(float64), Cause.Unknown, Cause.SingleEntry),
        Of("hypotenuse: not divided", (a, b) => (a.square() + b.square()).sqrt(), (g, a, b) => [g * a, g * b], Cause.Unknown),
    ];

    private static Tensor TanhGelu(Tensor gradient, Tensor x)
    {
        var slope = Math.Sqrt(2 / Math.PI);
        var tanh = ((x + x.pow(3) * 0.044715) * slope).tanh();  // x's shape, as all below
        return gradient * ((tanh + 1) / 2 + x / 2 * (1 - tanh.square()) * (x.square() * (3 * 0.044715) + 1) * slope);
    }

    private static GradientFault Of(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] expected) =>
        new(name, Family, () => Subject.Of(Rule.Of(forward, backward), Sample.Apart(21, 4, 3)), expected);

    private static GradientFault Of(string name, Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor?[]> backward, params Cause[] expected) =>
        new(name, Family, () => Subject.Of(Rule.Of(forward, backward), Sample.Apart(22, 4, 3), Sample.Apart(24, 4, 3)), expected);
}
