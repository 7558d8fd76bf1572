namespace TorchSharp;

public static partial class torch
{
    /// <summary>The limits of a floating-point type.</summary>
    public struct FInfo
    {
        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;

        /// <summary>The decimal resolution: ten to the minus number of decimal digits that always survive.</summary>
        public double resolution;
    }

    /// <summary>The limits of the default type.</summary>
    public static FInfo finfo() => finfo(get_default_dtype());

    /// <summary>The limits of a floating-point type or, for a complex one, of its parts.</summary>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.BFloat16 => Limits(16, 7, 127, 1e-2),
        ScalarType.Float16 => Limits(16, 10, 15, 1e-3),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Limits(32, 23, 127, 1e-6),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Limits(64, 52, 1023, 1e-15),
        _ => throw new ArgumentException($"only floating-point numbers have these limits: expected a floating-point or complex type but got {dtype}"),
    };

    private static FInfo Limits(int bits, int fraction, int exponent, double resolution)
    {
        var eps = Math.ScaleB(1, -fraction);
        var largest = Math.ScaleB(2 - eps, exponent);
        var smallest = Math.ScaleB(1, 1 - exponent);
        return new FInfo { bits = bits, eps = eps, max = largest, min = -largest, tiny = smallest, smallest_normal = smallest, resolution = resolution };
    }
}
