using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What the tensor is, and an array initialiser of its elements.</summary>
internal sealed class CSharpStyle(PrintOptions options, ElementText elements) : NestedStyle(options, elements)
{
    private string _suffix = "";

    protected override (char Open, char Close) Brackets => ('{', '}');

    protected override string Suffix => _suffix;

    public string Print(Tensor tensor)
    {
        if (tensor.Dimensions > 0 && KeywordOf(tensor.dtype) is null) return tensor.ToString();
        Text.Append(tensor).Append(", value = ");
        if (tensor.Dimensions == 0) return Text.Append(Elements[0]).ToString();
        _suffix = tensor.dtype switch { ScalarType.Int64 => "L", ScalarType.Float32 => "f", _ => "" };
        var (newLine, rank) = (tensor.Dimensions > 1 ? Options.NewLine : "", (int)tensor.Dimensions);
        Text.Append(newLine).Append(KeywordOf(tensor.dtype)).Append(" [").Append(',', rank - 1).Append("] {").Append(newLine);
        if (rank > 1) Text.Append(' ');
        Nest(tensor.shape);
        return Text.Append(newLine).Append('}').ToString();
    }

    protected override string Between(int below) => "," + Options.NewLine;

    protected override string AfterDots(int below) => Options.NewLine;

    /// <summary>The name in the initialiser; null of a type that C# has no literals of.</summary>
    private static string? KeywordOf(ScalarType type) => type switch
    {
        ScalarType.Bool => "bool",
        ScalarType.Byte => "byte",
        ScalarType.Int8 => "sbyte",
        ScalarType.Int16 => "short",
        ScalarType.Int32 => "int",
        ScalarType.Int64 => "long",
        ScalarType.Float32 => "float",
        ScalarType.Float64 => "double",
        ScalarType.ComplexFloat32 => "complex32",
        ScalarType.ComplexFloat64 => "complex64",
        _ => null,
    };
}
