using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>A number that isn't in a tensor, of one of Python's kinds.</summary>
internal readonly record struct CloseNumber(Complex Value, CloseNumber.Kind Type)
{
    /// <summary>Python's kinds of numbers.</summary>
    internal enum Kind
    {
        Int,
        Float,
        Complex,
    }

    /// <summary>The number, or null where it is none. Whole numbers beyond 2⁵³ lose their last digits, as in a float.</summary>
    public static CloseNumber? Of(object? value) => value switch
    {
        double or float or Half or decimal => new(Convert.ToDouble(value is Half half ? (double)half : value, CultureInfo.InvariantCulture), Kind.Float),
        int or long or short or sbyte or byte or uint or ushort or ulong => new(Convert.ToDouble(value, CultureInfo.InvariantCulture), Kind.Int),
        Complex complex => new(complex, Kind.Complex),
        _ => null,
    };

    public static CloseResult Check(CloseNumber actual, CloseNumber expected, CloseRules rules)
    {
        if (rules.CheckDtype && actual.Type != expected.Type)
            return new CloseResult { Agrees = false, Message = $"The (d)types do not match: {actual.ClassName} != {expected.ClassName}." };
        var (rtol, atol) = CloseTolerances.Given(rules.Rtol, rules.Atol, actual.ElementType, expected.ElementType);
        if (actual.Value == expected.Value || (rules.EqualNan && actual.IsNaN && expected.IsNaN)) return new CloseResult { Agrees = true };
        var absolute = Complex.Abs(actual.Value - expected.Value);
        var magnitude = Complex.Abs(expected.Value);
        if (double.IsFinite(absolute) && absolute <= atol + rtol * magnitude) return new CloseResult { Agrees = true };
        return Mismatch(absolute, magnitude == 0 ? double.PositiveInfinity : absolute / magnitude, actual.Type == Kind.Int && expected.Type == Kind.Int, "Scalars", rtol, atol);
    }

    /// <summary>The result for single values that are too far apart.</summary>
    public static CloseResult Mismatch(double absolute, double relative, bool whole, string what, double rtol, double atol) => new()
    {
        Agrees = false,
        Message = CloseText.Mismatch(what, null, (whole ? PythonText.Short(absolute) : PythonText.Of(absolute), null), (PythonText.Of(relative), null), rtol, atol),
        Mismatched = 1,
        Elements = 1,
        GreatestAbsolute = absolute,
        GreatestRelative = relative,
        RelativeTolerance = rtol,
        AbsoluteTolerance = atol,
    };

    private bool IsNaN => double.IsNaN(Value.Real) || double.IsNaN(Value.Imaginary);

    private string ClassName => $"<class '{Type.ToString().ToLowerInvariant()}'>";

    private ScalarType ElementType => Type switch
    {
        Kind.Int => ScalarType.Int64,
        Kind.Float => ScalarType.Float64,
        _ => ScalarType.ComplexFloat64,
    };
}
