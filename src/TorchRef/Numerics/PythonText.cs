using System.Globalization;

namespace TorchRef.Numerics;

/// <summary>Values as Python prints them, for messages and printed forms that are to equal PyTorch's.</summary>
internal static class PythonText
{
    /// <summary>A float as <c>repr</c> prints it: <c>1e-05</c>, <c>0.1</c>, <c>2.0</c>, <c>nan</c>.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0.0";
        // The shortest digits that read back as the same value, d.ddd and an exponent: Python's digits, other punctuation.
        var text = "";
        for (var digits = 0; digits < 17; digits++)
        {
            text = value.ToString($"E{digits}", CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) == value) break;
        }
        var split = text.IndexOf('E');
        var exponent = int.Parse(text[(split + 1)..], CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= 16) return $"{text[..split]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        // A decimal holds all of up to 17 digits between 1e-4 and 1e16, and prints them; a double's own format stops at 15.
        return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.0####################", CultureInfo.InvariantCulture);
    }

    /// <summary>The same, but a whole number as Python's users write it, <c>-1</c> and not <c>-1.0</c>.</summary>
    public static string Short(double value) => Of(value) is var text && text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;

    public static string Of(double? value) => value is { } number ? Of(number) : "None";

    public static string Of(bool value) => value ? "True" : "False";

    /// <summary>A setting of an optimiser: a number, a switch, a pair of numbers or a name.</summary>
    public static string OfSetting(object value) => value switch
    {
        double number => Short(number),
        bool flag => Of(flag),
        ValueTuple<double, double>(var first, var second) => $"({Short(first)}, {Short(second)})",
        _ => value.ToString()!,
    };

    /// <summary>A shape as <c>torch.Size([1, 3])</c>.</summary>
    public static string Size(long[] shape) => $"torch.Size([{string.Join(", ", shape)}])";

    /// <summary>Sizes as the tuple (4,) or (2, 3).</summary>
    public static string Tuple(IReadOnlyList<long> sizes) => $"({string.Join(", ", sizes)}{(sizes.Count == 1 ? "," : "")})";
}
