using System.Globalization;

namespace TorchRef.Checks.Reporting;

/// <summary>Numbers with the digits that matter, the same in every culture.</summary>
internal static class ReportNumber
{
    /// <summary>More digits than these a double doesn't have.</summary>
    private const int MostDigits = 16;

    /// <summary>Exponents from this one up are written out, below it as 1.2e-05.</summary>
    private const int SmallestWrittenOut = -4;

    /// <summary>Exponents from this one on are written as 1.2e+06.</summary>
    private const int LargestWrittenOut = 6;

    /// <summary>So many significant digits: <c>0.0123</c>, <c>4.5e-10</c>, <c>0</c>, <c>NaN</c>, <c>∞</c>.</summary>
    public static string Of(double value, int digits = 3) => NotFinite(value) ?? (value == 0 ? "0" : WithDigits(value, digits, trim: true));

    /// <summary>A count, in groups of three.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 entry", "3 entries".</summary>
    public static string Count(long value, string one, string many) => $"{Count(value)} {(value == 1 ? one : many)}";

    /// <summary>An error bar: its first digit, rounded up, so that it stays a bound.</summary>
    public static string Bar(double bar)
    {
        if (NotFinite(bar) is { } text) return text;
        if (bar <= 0) return "0";
        var (mantissa, exponent) = FirstDigit(bar);
        return Plain(decimal.CreateSaturating(mantissa), exponent) ?? string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent:+00;-00}");
    }

    /// <summary>A value to the last decimal place that an error bar lets be known.</summary>
    public static string ToBar(double value, double bar)
    {
        if (NotFinite(value) is { } text) return text;
        if (double.IsNaN(bar) || double.IsInfinity(bar)) return Of(value);
        if (bar <= 0) return value == 0 ? "0" : WithDigits(value, MostDigits, trim: true);
        var place = FirstDigit(bar).exponent;
        if (value == 0) return "0";
        var digits = ExponentOf(value) - place + 1;
        // Smaller than its bar: one digit says how much smaller.
        return digits < 1 ? WithDigits(value, 1, trim: false) : WithDigits(value, Math.Min(digits, MostDigits), trim: false);
    }

    /// <summary>How long something took.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 0.0005 => "less than a millisecond",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.0} min"),
    };

    /// <summary>A shape as "(4, 8)"; "a scalar" has none.</summary>
    public static string Shape(IReadOnlyList<long> shape) => shape.Count == 0 ? "a scalar" : $"({string.Join(", ", shape)})";

    private static string WithDigits(double value, int digits, bool trim)
    {
        var text = value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        var split = text.IndexOf('E');
        var (mantissa, exponent) = (text[..split], int.Parse(text[(split + 1)..], CultureInfo.InvariantCulture));
        if (exponent is >= SmallestWrittenOut and < LargestWrittenOut)
        {
            var places = Math.Max(0, digits - 1 - exponent);
            var plain = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString($"F{places}", CultureInfo.InvariantCulture);
            return trim && plain.Contains('.') ? plain.TrimEnd('0').TrimEnd('.') : plain;
        }
        if (trim && mantissa.Contains('.')) mantissa = mantissa.TrimEnd('0').TrimEnd('.');
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent:+00;-00}");
    }

    /// <summary>The first digit rounded up, and its decimal place: 0.0312 is 4 at −2.</summary>
    private static (int mantissa, int exponent) FirstDigit(double bar)
    {
        // From its digits: below 1e-308 there is no power of ten to divide by. Fifteen of them, so that 0.3 is 3 and no more.
        var text = bar.ToString("E14", CultureInfo.InvariantCulture);
        var split = text.IndexOf('E');
        var exponent = int.Parse(text[(split + 1)..], CultureInfo.InvariantCulture);
        var mantissa = text[0] - '0' + (text[2..split].Any(digit => digit != '0') ? 1 : 0);
        return mantissa == 10 ? (1, exponent + 1) : (mantissa, exponent);
    }

    private static int ExponentOf(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        return int.Parse(text[(text.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
    }

    private static string? Plain(decimal mantissa, int exponent) => exponent switch
    {
        >= 0 and < LargestWrittenOut => (mantissa * (decimal)Math.Pow(10, exponent)).ToString("F0", CultureInfo.InvariantCulture),
        < 0 and > SmallestWrittenOut => (mantissa * (decimal)Math.Pow(10, exponent)).ToString($"F{-exponent}", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? NotFinite(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "-∞" : null;
}
