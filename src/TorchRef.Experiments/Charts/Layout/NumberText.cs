using System.Globalization;

namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Numbers as a reader wants to see them.</summary>
internal static class NumberText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>With so many decimals and a real minus sign.</summary>
    public static string Fixed(double value, int decimals) => Signed(value.ToString($"F{decimals}", CultureInfo.InvariantCulture));

    /// <summary>All digits, as code would write it; for messages.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Ten to a whole power: <c>10⁻⁵</c>.</summary>
    public static string PowerOfTen(int exponent) => $"10{Superscript(exponent)}";

    /// <summary>A number with its power of ten: <c>2.5×10⁻⁷</c>.</summary>
    public static string Scientific(double value, int exponent, int decimals)
    {
        double mantissa = Scaled(value, -exponent);
        return mantissa == 0 ? "0" : $"{Fixed(mantissa, decimals)}×{PowerOfTen(exponent)}";
    }

    /// <summary>At most so many significant digits, the shorter of both notations.</summary>
    public static string Short(double value, int digits = 3)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        if (value == 0) return "0";
        double rounded = double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = Exponent(rounded);
        if (exponent is >= -4 and < 6) return Signed(Trimmed(rounded.ToString($"F{Math.Clamp(digits - 1 - exponent, 0, 9)}", CultureInfo.InvariantCulture)));
        string mantissa = Trimmed(Scaled(rounded, -exponent).ToString($"F{digits - 1}", CultureInfo.InvariantCulture));
        return Signed(mantissa is "1" or "-1" ? mantissa[..^1] + PowerOfTen(exponent) : $"{mantissa}×{PowerOfTen(exponent)}");
    }

    /// <summary>The power of ten of the leading digit.</summary>
    public static int Exponent(double value)
    {
        string text = Math.Abs(value).ToString("E14", CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>Value · 10^power without the powers that have no double.</summary>
    public static double Scaled(double value, int power)
    {
        while (power < -300)
        {
            value /= 1e300;
            power += 300;
        }

        while (power > 300)
        {
            value *= 1e300;
            power -= 300;
        }

        return power < 0 ? value / Math.Pow(10, -power) : value * Math.Pow(10, power);
    }

    private static string Superscript(int number)
    {
        string digits = Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        return (number < 0 ? "⁻" : "") + string.Concat(digits.Select(digit => Superscripts[digit - '0']));
    }

    private static string Trimmed(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;

    private static string Signed(string text)
    {
        if (!text.StartsWith('-')) return text;
        bool zero = text.All(letter => letter is '-' or '0' or '.');
        return zero ? text[1..] : $"−{text[1..]}";
    }
}
