using Xunit.Sdk;

namespace TorchRef.Xunit;

/// <summary>Assertions about tensors, by the rules of <c>torch.testing.assert_close</c> and in its words.</summary>
/// <remarks>Tensors, numbers, truths, and sequences or dictionaries of these, such as state dicts. Expected comes first, as in xUnit.net.</remarks>
public static class TensorAssert
{
    /// <summary>Both are close; see <see cref="Numerics.Close.Check"/>.</summary>
    /// <param name="expected">What is right.</param>
    /// <param name="actual">What there is.</param>
    /// <param name="rtol">Relative tolerance; null, together with <paramref name="atol"/>, for that of the element type.</param>
    /// <param name="atol">Absolute tolerance.</param>
    /// <param name="equal_nan">Whether NaN agrees with NaN.</param>
    /// <param name="check_device">Whether tensors must be on one device.</param>
    /// <param name="check_dtype">Whether element types must be equal.</param>
    /// <param name="check_stride">Whether tensors must lie in memory in the same way.</param>
    /// <param name="message">Comes before PyTorch's message, for the reader of a failure.</param>
    /// <exception cref="XunitException">They aren't.</exception>
    /// <exception cref="ArgumentException">Only one tolerance is given, or the two are of kinds that can't be compared.</exception>
    public static void Close(
        object? expected, object? actual, double? rtol = null, double? atol = null, bool equal_nan = false, bool check_device = true, bool check_dtype = true,
        bool check_stride = false, string? message = null)
    {
        var result = Numerics.Close.Check(
            actual, expected, rtol, atol, equal_nan, check_device, check_dtype, check_stride: check_stride, msg: message is null ? null : text => $"{message}\n{text}");
        if (!result.Agrees) throw new XunitException(result.Message);
    }

    /// <summary>Both are the same: shape, element type, and every element, NaN being NaN.</summary>
    /// <param name="expected">What is right.</param>
    /// <param name="actual">What there is.</param>
    /// <param name="message">Comes before PyTorch's message, for the reader of a failure.</param>
    /// <exception cref="XunitException">They aren't.</exception>
    public static void Equal(object? expected, object? actual, string? message = null) => Close(expected, actual, 0, 0, equal_nan: true, message: message);
}
