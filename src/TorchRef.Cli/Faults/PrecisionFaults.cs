using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>float32 somewhere on a path of float64.</summary>
internal static class PrecisionFaults
{
    public static IEnumerable<Fault> All =>
    [
        Of("float32 in backward", x => x.sin(), (g, x) => Short(g * x.cos())),
        Of("saved in float32", x => x.exp(), (g, x) => g * Short(x).exp()),
        Of("mask and scale in float32", x => x * 1.1, (g, _) => g * tensor(1.1f).to_type(float64), Cause.ConstantFactor),
        Of("π in float32", x => (x * Math.PI).sin(), (g, x) => g * (x * Math.PI).cos() * (float)Math.PI, Cause.ConstantFactor),
        Of("float16 in backward", x => x.sin(), (g, x) => (g * x.cos()).to_type(float16).to_type(float64)),
        Of("mean in float32 in backward", x => x - x.mean([0]), (g, _) => g - Short(g).mean([0]), Cause.MeanTerm),
        Function("float32 in forward", x => Short(x).sin() + x),
        Function("softmax in float32", x => softmax(x.to_type(float32), -1).to_type(float64)),
        Function("statistics in float32", x => (x - Short(x.mean([0]))) * Short(x.var([0])).rsqrt()),
    ];

    /// <summary>With the digits of float32 only.</summary>
    private static Tensor Short(Tensor values) => values.to_type(float32).to_type(float64);

    private static GradientFault Of(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward, params Cause[] alternatives) =>
        new(name, "precision", () => Subject.Of(Rule.Of(forward, backward), Sample.Normal(111, 4, 3)), [Cause.Precision, .. alternatives]);

    private static GradientFault Function(string name, Func<Tensor, Tensor> function) =>
        new(name, "precision", () => Subject.Of(x => function(x[0]), Sample.Normal(112, 4, 3)), [Cause.Precision]);
}
