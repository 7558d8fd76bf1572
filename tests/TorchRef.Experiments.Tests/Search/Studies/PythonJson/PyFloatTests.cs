using System.Globalization;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Tests.Search.Studies.PythonJson;

/// <summary>The right-hand sides are what Python's repr prints.</summary>
public sealed class PyFloatTests
{
    [Theory]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1e22, "1e+22")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(7, "7.0")]
    [InlineData(0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001234, "1.234e-05")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9007199254740993, "9007199254740992.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680, "1.2345678901234568e+17")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Floats_are_spelled_as_in_Python(double value, string expected) => Assert.Equal(expected, PyFloat.Text(value));

    [Fact]
    public void Every_float_reads_back_as_itself()
    {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value)) continue;
            Assert.Equal(value, double.Parse(PyFloat.Text(value), CultureInfo.InvariantCulture));
        }
    }
}
