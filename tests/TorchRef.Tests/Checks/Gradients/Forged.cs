using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Gradients;

/// <summary>Functions with the values of one formula and the gradient of another.</summary>
internal static class Forged
{
    public static Func<Tensor[], Tensor[]> Of(Func<Tensor, Tensor> value, Func<Tensor, Tensor> gradientOf) => inputs =>
    {
        var slope = gradientOf(inputs[0]);
        return [value(inputs[0]).detach() + (slope - slope.detach())];
    };

    public static Func<Tensor[], Tensor[]> Right(Func<Tensor, Tensor> function) => inputs => [function(inputs[0])];

    public static Tensor Normal(long seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, float64, generator: generator);
    }
}
