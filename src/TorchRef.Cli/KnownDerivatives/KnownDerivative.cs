using static TorchSharp.torch;

namespace TorchRef.Cli.KnownDerivatives;

/// <summary>A function whose Jacobian is known as a formula.</summary>
/// <param name="Name">What it is, and at which scale.</param>
/// <param name="Function">Of one tensor, with one output.</param>
/// <param name="Input">The values to differentiate at.</param>
/// <param name="Shape">The input's shape.</param>
/// <param name="Entry">∂output i/∂input k, both counted through; null where the output doesn't depend on the input, which proves nothing of bars.</param>
internal sealed record KnownDerivative(string Name, Func<Tensor, Tensor> Function, double[] Input, long[] Shape, Func<int, int, double?> Entry)
{
    /// <summary>Output i depends on input i alone.</summary>
    public static KnownDerivative Elementwise(string name, Func<Tensor, Tensor> function, Func<double, double> derivative, double[] input) =>
        new(name, function, input, [input.Length], (i, k) => i == k ? derivative(input[i]) : null);
}
