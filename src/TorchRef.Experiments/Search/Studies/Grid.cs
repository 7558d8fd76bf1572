using System.Globalization;
using System.Numerics;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>The points low, low + step, low + 2·step, … of a float range, counted in the decimal digits that the numbers are written with.</summary>
/// <remarks>In binary 0.3 is not three times 0.1. Optuna counts in the printed digits, so that 0.1 … 0.3 with the step 0.1 has three points.</remarks>
internal static class Grid
{
    /// <summary>The last point that isn't beyond the upper end; the end itself when it is a point.</summary>
    public static double LastPoint(double low, double high, double step)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !double.IsFinite(step)) return high;
        (BigInteger Digits, int Exponent)[] numbers = [Decimal(low), Decimal(high), Decimal(step)];
        int unit = numbers.Min(number => number.Exponent);
        BigInteger[] whole = [.. numbers.Select(number => number.Digits * BigInteger.Pow(10, number.Exponent - unit))];
        BigInteger range = whole[1] - whole[0], rest = range % whole[2];
        if (rest.IsZero) return high;
        return double.Parse($"{whole[0] + range - rest}E{unit}", CultureInfo.InvariantCulture);
    }

    /// <summary>digits · 10^exponent, exactly what is printed.</summary>
    private static (BigInteger Digits, int Exponent) Decimal(double value)
    {
        string text = PyFloat.Text(value);
        int e = text.IndexOf('e'), exponent = e < 0 ? 0 : int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        string number = e < 0 ? text : text[..e];
        int point = number.IndexOf('.');
        if (point >= 0) exponent -= number.Length - point - 1;
        return (BigInteger.Parse(number.Replace(".", ""), CultureInfo.InvariantCulture), exponent);
    }
}
