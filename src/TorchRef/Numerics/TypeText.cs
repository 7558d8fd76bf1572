using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>libtorch's own names of element types, which its messages use.</summary>
internal static class TypeText
{
    public static string Of(ScalarType type) => type switch
    {
        ScalarType.Int8 => "Char",
        ScalarType.Int16 => "Short",
        ScalarType.Int32 => "Int",
        ScalarType.Int64 => "Long",
        ScalarType.Float16 => "Half",
        ScalarType.Float32 => "Float",
        ScalarType.Float64 => "Double",
        ScalarType.ComplexFloat32 => "ComplexFloat",
        ScalarType.ComplexFloat64 => "ComplexDouble",
        _ => type.ToString(),
    };
}
