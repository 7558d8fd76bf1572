using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Values to check at: drawn from a seed, in float64 on the CPU.</summary>
internal static class Sample
{
    public static Tensor Normal(ulong seed, params long[] shape)
    {
        using var random = new Generator(seed, CPU);
        return randn(shape, float64, CPU, generator: random);
    }

    public static Tensor Uniform(ulong seed, double from, double to, params long[] shape)
    {
        using var random = new Generator(seed, CPU);
        using var unit = rand(shape, float64, CPU, generator: random);
        return unit * (to - from) + from;
    }

    /// <summary>Of a magnitude between 0.2 and 2 and of either sign: no value near 0, where some functions have a kink.</summary>
    public static Tensor Apart(ulong seed, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var magnitude = Uniform(seed, 0.2, 2, shape);
        var sign = (Normal(seed + 1, shape) < 0).to_type(float64) * 2 - 1;
        return (magnitude * sign).MoveToOuterDisposeScope();
    }

    /// <summary>Every value a whole step away from every other, in a random order: no ties, and none near.</summary>
    public static Tensor Distinct(ulong seed, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var order = argsort(Normal(seed, [shape.Aggregate(1L, (product, size) => product * size)]));
        return (order.to_type(float64) * 0.37 - 1.1).reshape(shape).MoveToOuterDisposeScope();
    }

    /// <summary>A matrix (or several) that is easily inverted: 3 on the diagonal, and noise.</summary>
    public static Tensor Matrix(ulong seed, params long[] shape)
    {
        using var scope = NewDisposeScope();
        return (Normal(seed, shape) * 0.4 + eye(shape[^1], dtype: float64) * 3).MoveToOuterDisposeScope();
    }

    /// <summary>Complex values, both parts normal.</summary>
    public static Tensor Complex(ulong seed, params long[] shape)
    {
        using var scope = NewDisposeScope();
        return complex(Normal(seed, shape), Normal(seed + 1, shape)).MoveToOuterDisposeScope();
    }
}
