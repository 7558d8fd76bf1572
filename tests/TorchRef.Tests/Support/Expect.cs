using TorchRef.Numerics;
using Xunit.Sdk;
using static TorchSharp.torch;

namespace TorchRef.Tests.Support;

/// <summary>Assertions about tensors whose message says how far off they were.</summary>
internal static class Expect
{
    private const double Float32RoundOff = 1.1920929e-07;

    /// <summary>The round-off that two right ways of computing differ by, relative to the largest number.</summary>
    public static double RoundOff(ScalarType dtype) => dtype == ScalarType.Float64 ? 1e-12 : 64 * Float32RoundOff;

    /// <summary>The largest difference is at most a share of the largest magnitude expected.</summary>
    public static void Close(Tensor? actual, Tensor? expected, double relative, string what = "the tensor")
    {
        if (actual is null || expected is null) throw new XunitException($"{what}: expected {Describe(expected)} but got {Describe(actual)}");
        var error = Difference.RelativeToLargest(actual, expected);
        if (!(error <= relative)) throw new XunitException($"{what}: expected {Describe(expected)} within {relative:0.0e-00} but got {Describe(actual)}, off by {error:0.0e-00}");
    }

    /// <summary>The largest magnitude is at most a bound.</summary>
    public static void Vanishes(Tensor actual, double bound, string what)
    {
        if (actual.numel() == 0) return;
        var largest = actual.detach().abs().max().to_type(ScalarType.Float64).item<double>();
        if (!(largest <= bound)) throw new XunitException($"{what}: expected at most {bound:0.0e-00} but got {largest:0.0e-00}");
    }

    /// <summary>Same type, same shape, same bits, NaN being NaN.</summary>
    public static void Same(Tensor? actual, Tensor? expected, string what = "the tensor") => Close(actual, expected, 0, what);

    /// <summary>Exactly these numbers, in their order.</summary>
    public static void Numbers(double[] expected, Tensor? actual, int digits = 15)
    {
        Assert.NotNull(actual);
        var numbers = actual.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        Assert.Equal(expected.Length, numbers.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(expected[i].Equals(numbers[i]) || Math.Abs(expected[i] - numbers[i]) <= Math.Pow(10, -digits), $"number {i}: expected {expected[i]:R} but got {numbers[i]:R}");
    }

    private static string Describe(Tensor? tensor) => tensor is null ? "none" : $"{tensor.dtype}[{string.Join(", ", tensor.shape)}]";
}
