using static TorchSharp.torch;

namespace Standins.Tests.NN;

/// <summary>Compares a tensor with numbers that were computed elsewhere.</summary>
internal static class Near
{
    public static void Assert(Tensor actual, double[] expected, double tolerance = 1e-4)
    {
        var values = actual.detach().to(float64).flatten().contiguous().data<double>().ToArray();
        Xunit.Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
            Xunit.Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"value {i}: expected {expected[i]} but got {values[i]}");
    }
}
