using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchRef.Cli.Checking;

/// <summary>Arguments of a constructor as a command line has them: numbers, true and false, null, texts, names of enums, sizes.</summary>
internal static class Literals
{
    /// <summary>
    /// Turns a text into a value of a parameter's type. The fit says how well it suits, so that <c>8</c> goes to a
    /// constructor that takes a whole number rather than to one that takes a text.
    /// </summary>
    /// <returns>Null where the text is no such value.</returns>
    public static (object? value, int fit)? Read(string text, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return text == "null" ? (null, 1) : Read(text, inner);
        if (type == typeof(string)) return text == "null" ? (null, 1) : (Unquoted(text), 4);
        if (!type.IsValueType && text == "null") return (null, 1);
        if (type == typeof(bool)) return bool.TryParse(text, out var flag) ? (flag, 0) : null;
        if (type.IsEnum) return ReadEnum(text, type);
        if (type == typeof(Device)) return text is "cpu" || text.StartsWith("cuda", StringComparison.Ordinal) ? (Devices.Require(text), 1) : null;
        if (type == typeof(object)) return (ReadAny(text), 5);
        if (type == typeof(long[]) || type == typeof(int[])) return ReadSizes(text, type);
        if (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType) return ReadTuple(text, type);
        return ReadNumber(text, type);
    }

    private static (object? value, int fit)? ReadNumber(string text, Type type)
    {
        if (type == typeof(double)) return Double(text) is { } real ? (real, Whole(text) ? 2 : 0) : null;
        if (type == typeof(float)) return Double(text) is { } single ? ((float)single, Whole(text) ? 3 : 1) : null;
        if (type == typeof(decimal)) return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? (exact, 3) : null;
        if (!type.IsPrimitive || type == typeof(char) || !Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        try
        {
            // A number that a byte can hold suits a long better all the same: that is what sizes are.
            return (Convert.ChangeType(checked((decimal)number), type, CultureInfo.InvariantCulture), type == typeof(long) || type == typeof(int) ? 0 : 1);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static double? Double(string text) => text.ToLowerInvariant() switch
    {
        "nan" => double.NaN,
        "inf" or "infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static bool Whole(string text) => Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>By name, with or without the type's; never by number, which says nothing.</summary>
    private static (object? value, int fit)? ReadEnum(string text, Type type)
    {
        var name = text[(text.LastIndexOf('.') + 1)..];
        var match = Enum.GetNames(type).FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        return match is null ? null : (Enum.Parse(type, match), 0);
    }

    private static object? ReadAny(string text)
    {
        if (text == "null") return null;
        if (bool.TryParse(text, out var flag)) return flag;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return Double(text) is { } real ? real : Unquoted(text);
    }

    /// <summary>3x5 as (3, 5): the kernel of a convolution.</summary>
    private static (object? value, int fit)? ReadSizes(string text, Type type)
    {
        if (Sizes(text) is not { } sizes) return null;
        return type == typeof(long[]) ? (sizes, 2) : (sizes.Select(size => (int)size).ToArray(), 2);
    }

    private static (object? value, int fit)? ReadTuple(string text, Type type)
    {
        var parts = type.GetGenericArguments();
        return Sizes(text) is { } sizes && sizes.Length == parts.Length && parts.All(part => part == typeof(long))
            ? (Activator.CreateInstance(type, [.. sizes.Cast<object>()]), 2) : null;
    }

    private static long[]? Sizes(string text)
    {
        var sizes = new List<long>();
        foreach (var part in text.Split('x', ','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size)) return null;
            sizes.Add(size);
        }
        return [.. sizes];
    }

    private static string Unquoted(string text) => text.Length >= 2 && text[0] == text[^1] && text[0] is '"' or '\'' ? text[1..^1] : text;
}
