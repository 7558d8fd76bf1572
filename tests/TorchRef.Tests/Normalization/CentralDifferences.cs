using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Derivatives as the definition has them, in float64: f a little further minus f a little before.</summary>
internal static class CentralDifferences
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-7;

    /// <summary>Numbers that depend on their seed alone.</summary>
    public static Tensor Normal(ulong seed, params long[] shape)
    {
        using var random = new Generator(seed);
        return randn(shape, float64, CPU, generator: random);   // shape
    }

    /// <summary>Compares the gradient of Σ f(x)·v, v random, with central differences in every element of x.</summary>
    public static void Agree(Func<Tensor, Tensor> function, Tensor at)
    {
        using var scope = NewDisposeScope();
        var input = at.detach().clone().requires_grad_();       // x's shape
        var output = function(input);
        var cotangent = Normal(99, output.shape);
        output.backward([cotangent]);
        var numerical = Numerical(x => (function(x) * cotangent).sum(), at); // x's shape
        Near(numerical, input.grad!, Tolerance * Math.Max(1, numerical.abs().max().item<double>()));
    }

    /// <summary>The gradient of a scalar function by central differences.</summary>
    public static Tensor Numerical(Func<Tensor, Tensor> function, Tensor at)
    {
        using var noGraph = no_grad();
        var gradient = zeros_like(at).flatten();                // [count]
        for (long i = 0; i < at.numel(); i++) gradient[i] = (Moved(i, Step) - Moved(i, -Step)) / (2 * Step);
        return gradient.view(at.shape);

        double Moved(long index, double distance)
        {
            using var scope = NewDisposeScope();
            var moved = at.detach().clone().flatten();          // [count]
            moved[index] = moved[index] + distance;
            return function(moved.view(at.shape)).item<double>();
        }
    }

    public static void Near(Tensor expected, Tensor actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.shape, actual.shape);
        if (expected.numel() == 0) return;
        var distance = (expected.to_type(float64) - actual.to_type(float64)).abs().max().item<double>();
        Assert.True(distance <= tolerance, $"expected {tolerance} at most but the distance is {distance}");
    }
}
