using System.Globalization;

namespace TorchRef.Experiments.Search.Studies.PythonJson;

/// <summary>Floats as Python's <c>repr</c> spells them: the shortest digits that read back as the same number.</summary>
internal static class PyFloat
{
    /// <summary><c>1e-07</c>, <c>0.0001</c>, <c>7.0</c>, <c>1e+16</c>; the bare words NaN, Infinity and -Infinity.</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0.0";
        (string digits, int exponent) = Digits(Math.Abs(value));
        string sign = value < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            string mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        string padded = digits.PadRight(exponent + 2, '0');
        return $"{sign}{padded[..(exponent + 1)]}.{padded[(exponent + 1)..]}";
    }

    /// <summary>The shortest digits, from the first that isn't 0 to the last, and the power of ten of the first: 0.0012 is (12, -3).</summary>
    private static (string Digits, int Exponent) Digits(double positive)
    {
        string text = positive.ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E'), exponent = e < 0 ? 0 : int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        string number = e < 0 ? text : text[..e];
        int point = number.IndexOf('.');
        exponent += (point < 0 ? number.Length : point) - 1;
        string all = number.Replace(".", "");
        string digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), exponent - (all.Length - digits.Length));
    }
}
