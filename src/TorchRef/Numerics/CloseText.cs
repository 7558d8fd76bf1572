using System.Globalization;
using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>The texts of <c>torch.testing.assert_close</c>.</summary>
internal static class CloseText
{
    /// <summary>An element type as Python prints it: <c>torch.float32</c>.</summary>
    public static string Type(ScalarType type) => "torch." + type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLowerInvariant(),
    };

    public static string Device(Tensor tensor) => tensor.device_index < 0 ? tensor.device_type.ToString().ToLowerInvariant() : string.Create(CultureInfo.InvariantCulture, $"{tensor.device_type.ToString().ToLowerInvariant()}:{tensor.device_index}");

    public static string Of(object? value) => value switch
    {
        null => "None",
        Tensor tensor => $"a tensor of shape {PythonText.Tuple(tensor.shape)}",
        bool flag => PythonText.Of(flag),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Keys in order, as a list in Python: <c>['a', 'b']</c>.</summary>
    public static string Keys(IEnumerable<object> keys) => $"[{string.Join(", ", Sorted(keys).Select(key => key is string text ? $"'{text}'" : Of(key)))}]";

    /// <summary>In order: names by their code units, as Python sorts them.</summary>
    public static IEnumerable<object> Sorted(IEnumerable<object> keys)
    {
        var list = keys.ToList();
        return list.All(key => key is string) ? list.Cast<string>().Order(StringComparer.Ordinal)
            : list.All(key => key is IComparable && key.GetType() == list[0].GetType()) ? list.Order() : list;
    }

    public static string Attribute(string name, string actual, string expected) => $"The values for attribute '{name}' do not match: {actual} != {expected}.";

    /// <summary>How far values are apart; places are null for scalars.</summary>
    public static string Mismatch(string what, string? counts, (string text, IReadOnlyList<long>? index) absolute, (string text, IReadOnlyList<long>? index) relative, double rtol, double atol)
    {
        var equality = rtol == 0 && atol == 0;
        return $"{what} are not {(equality ? "equal" : "close")}!\n\n{(counts is null ? "" : counts + "\n")}" +
            $"{Line("absolute", absolute, atol, equality)}\n{Line("relative", relative, rtol, equality)}";
    }

    public static string Counts(long mismatched, long elements) =>
        string.Create(CultureInfo.InvariantCulture, $"Mismatched elements: {mismatched} / {elements} ({100.0 * mismatched / elements:0.0}%)");

    private static string Line(string kind, (string text, IReadOnlyList<long>? index) difference, double tolerance, bool equality)
    {
        var allowed = equality ? "" : $" (up to {PythonText.Of(tolerance)} allowed)";
        return difference.index is null
            ? $"{char.ToUpperInvariant(kind[0])}{kind[1..]} difference: {difference.text}{allowed}"
            : $"Greatest {kind} difference: {difference.text} at index {PythonText.Tuple(difference.index)}{allowed}";
    }
}
