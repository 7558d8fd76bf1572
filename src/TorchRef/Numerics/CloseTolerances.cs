using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>The tolerances that <c>torch.testing.assert_close</c> takes where none are given.</summary>
public static class CloseTolerances
{
    /// <summary>The relative and the absolute tolerance of an element type; 0 and 0 for whole numbers and truths, which must be equal.</summary>
    public static (double rtol, double atol) Of(ScalarType type) => type switch
    {
        ScalarType.Float16 => (1e-3, 1e-5),
        ScalarType.BFloat16 => (1.6e-2, 1e-5),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => (1.3e-6, 1e-5),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => (1e-7, 1e-7),
        _ => (0, 0),
    };

    /// <summary>The looser of the tolerances of two element types.</summary>
    public static (double rtol, double atol) Of(ScalarType first, ScalarType second)
    {
        var (one, other) = (Of(first), Of(second));
        return (Math.Max(one.rtol, other.rtol), Math.Max(one.atol, other.atol));
    }

    /// <summary>Those given, or those of the element types.</summary>
    /// <exception cref="ArgumentException">Only one is given; the text is PyTorch's.</exception>
    internal static (double rtol, double atol) Given(double? rtol, double? atol, ScalarType first, ScalarType second) => (rtol, atol) switch
    {
        (null, null) => Of(first, second),
        ({ } relative, { } absolute) => (relative, absolute),
        _ => throw new ArgumentException($"Both 'rtol' and 'atol' must be either specified or omitted, but got no {(rtol is null ? "rtol" : "atol")}."),
    };
}
