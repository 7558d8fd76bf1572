using static TorchSharp.torch;

namespace Standins.Tests.Operators;

/// <summary>Comparisons of a tensor with numbers written out in a test.</summary>
internal static class Near
{
    public static Tensor Doubles(params double[] values) => tensor(values);

    public static Tensor Matrix(double[,] values) => tensor(values);

    public static double[] Values(Tensor actual)
    {
        using var scope = NewDisposeScope();
        return actual.detach().to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>The elements in order, whatever the element type is; equal to a relative and absolute 1e-12 unless said otherwise.</summary>
    public static void Equal(double[] expected, Tensor actual, double tolerance = 1e-12)
    {
        var values = Values(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (expected[i].Equals(values[i])) continue;
            var allowed = tolerance * (1 + Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - values[i]) <= allowed, $"element {i}: expected {expected[i]:R} but got {values[i]:R}");
        }
    }

    public static void Equal(double expected, Tensor actual, double tolerance = 1e-12) => Equal([expected], actual, tolerance);
}
