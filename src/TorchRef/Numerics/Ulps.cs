using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>Distances in units in the last place: how many representable numbers of the element type lie between two values.</summary>
/// <remarks>
/// Float64, float32, float16 and bfloat16, each with its own spacing. 0 and −0 are the same; the distance across 0 counts the
/// numbers on both sides.
/// </remarks>
public static class Ulps
{
    /// <summary>The distance of two float64 numbers; <see cref="ulong.MaxValue"/> where one is NaN and the other isn't.</summary>
    public static ulong Between(double actual, double expected) =>
        Distance(double.IsNaN(actual), double.IsNaN(expected), Ordered(BitConverter.DoubleToInt64Bits(actual), long.MinValue), Ordered(BitConverter.DoubleToInt64Bits(expected), long.MinValue));

    /// <summary>The distance of two float32 numbers; <see cref="ulong.MaxValue"/> where one is NaN and the other isn't.</summary>
    public static ulong Between(float actual, float expected) =>
        Distance(float.IsNaN(actual), float.IsNaN(expected), Ordered(BitConverter.SingleToInt32Bits(actual), int.MinValue), Ordered(BitConverter.SingleToInt32Bits(expected), int.MinValue));

    /// <summary>The distance of two numbers as the element type has them; they are rounded to it first.</summary>
    /// <exception cref="ArgumentException">The element type has no units in the last place.</exception>
    public static ulong Between(double actual, double expected, ScalarType type) => type switch
    {
        ScalarType.Float64 => Between(actual, expected),
        ScalarType.Float32 => Between((float)actual, (float)expected),
        ScalarType.Float16 => Distance(
            double.IsNaN(actual), double.IsNaN(expected), Ordered(BitConverter.HalfToInt16Bits((Half)actual), short.MinValue), Ordered(BitConverter.HalfToInt16Bits((Half)expected), short.MinValue)),
        ScalarType.BFloat16 => Distance(double.IsNaN(actual), double.IsNaN(expected), Ordered(BFloat16Bits((float)actual), short.MinValue), Ordered(BFloat16Bits((float)expected), short.MinValue)),
        _ => throw Unsupported(type),
    };

    /// <summary>The size of a unit in the last place at 1: 2⁻⁵² for float64, 2⁻²³ for float32.</summary>
    /// <exception cref="ArgumentException">The element type has no units in the last place.</exception>
    public static double AtOne(ScalarType type) => type switch
    {
        ScalarType.Float64 => Math.ScaleB(1, -52),
        ScalarType.Float32 => Math.ScaleB(1, -23),
        ScalarType.Float16 => Math.ScaleB(1, -10),
        ScalarType.BFloat16 => Math.ScaleB(1, -7),
        _ => throw Unsupported(type),
    };

    /// <summary>The numbers in order, so that the difference of two is how many steps they are apart.</summary>
    private static long Ordered(long bits, long signBit) => bits >= 0 ? bits : signBit - bits;

    private static ulong Distance(bool actualIsNaN, bool expectedIsNaN, long actual, long expected)
    {
        if (actualIsNaN || expectedIsNaN) return actualIsNaN && expectedIsNaN ? 0 : ulong.MaxValue;
        return actual >= expected ? (ulong)actual - (ulong)expected : (ulong)expected - (ulong)actual;
    }

    /// <summary>The upper half of a float32, rounded to the nearest, ties to even.</summary>
    private static short BFloat16Bits(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return unchecked((short)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    private static ArgumentException Unsupported(ScalarType type) => new($"units in the last place are those of floating-point numbers: expected float64, float32, float16 or bfloat16 but got {type}");
}
