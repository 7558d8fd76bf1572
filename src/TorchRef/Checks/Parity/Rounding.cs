using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Which numbers the modules are fed with.</summary>
internal enum Rounding
{
    /// <summary>As they are, in float64.</summary>
    None,

    /// <summary>Rounded to float32, so that both element types are fed with the same numbers.</summary>
    Float32,

    /// <summary>Moved by a unit in the last place of float32, up or down at random: how results answer is how much they can be trusted.</summary>
    Nudged,
}

internal static class Roundings
{
    /// <summary>A float64 tensor as the modules get it; whole numbers stay what they are.</summary>
    public static Tensor Apply(this Rounding rounding, Tensor values, ScalarType type, long seed)
    {
        if (!values.is_floating_point()) return values.detach().clone();
        var result = values.detach();                           // any shape, as below
        if (rounding == Rounding.Nudged)
        {
            using var generator = new Generator((ulong)seed);
            var signs = rand(result.shape, ScalarType.Float64, generator: generator).lt(0.5).to_type(ScalarType.Float64) * 2 - 1;
            result = result * (1 + signs.to(result.device) * Math.ScaleB(1, -23));
        }
        return (rounding == Rounding.None ? result : result.to_type(ScalarType.Float32)).to_type(type, copy: true);
    }
}
