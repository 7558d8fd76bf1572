using System.Numerics;
using TorchSharp.Engine;

namespace TorchSharp;

/// <summary>A number of one of libtorch's kinds, as an operator's argument.</summary>
/// <remarks>Holds no native memory here; disposing it is allowed and does nothing.</remarks>
public sealed class Scalar : IDisposable
{
    internal readonly Value Value;

    private Scalar(torch.ScalarType type, Value value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>The type it was made from.</summary>
    public torch.ScalarType Type { get; }

    /// <summary>Nothing to release.</summary>
    public void Dispose()
    {
    }

    internal static Scalar From(torch.ScalarType type, long value) => new(type, new Value { Tag = Tag.Int, Integer = value });

    internal static Scalar From(torch.ScalarType type, double value) => new(type, new Value { Tag = Tag.Double, Real = value });

    private static Scalar From(torch.ScalarType type, Complex value) =>
        new(type, new Value { Tag = Tag.Complex, Real = value.Real, Imaginary = value.Imaginary });

    public static implicit operator Scalar(byte value) => From(torch.ScalarType.Byte, (long)value);
    public static implicit operator Scalar(sbyte value) => From(torch.ScalarType.Int8, (long)value);
    public static implicit operator Scalar(short value) => From(torch.ScalarType.Int16, (long)value);
    public static implicit operator Scalar(int value) => From(torch.ScalarType.Int32, (long)value);
    public static implicit operator Scalar(long value) => From(torch.ScalarType.Int64, value);
    public static implicit operator Scalar(Half value) => From(torch.ScalarType.Float16, (double)value);
    public static implicit operator Scalar(float value) => From(torch.ScalarType.Float32, (double)value);
    public static implicit operator Scalar(double value) => From(torch.ScalarType.Float64, value);
    public static implicit operator Scalar(Complex value) => From(torch.ScalarType.ComplexFloat64, value);
    public static implicit operator Scalar((float Real, float Imaginary) value) => From(torch.ScalarType.ComplexFloat32, new Complex(value.Real, value.Imaginary));
    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, new Value { Tag = Tag.Bool, Integer = value ? 1 : 0 });

    internal double AsDouble => Value.Tag is Tag.Double or Tag.Complex ? Value.Real : Value.Integer;

    internal long AsLong => Value.Tag is Tag.Double or Tag.Complex ? (long)Value.Real : Value.Integer;

    internal Complex AsComplex => Value.Tag == Tag.Complex ? new Complex(Value.Real, Value.Imaginary) : AsDouble;
}
