using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(0.12345, "0.123")]
    [InlineData(-12.3456, "−12.3")]
    [InlineData(99999, "100000")]
    [InlineData(1234567, "1.23×10⁶")]
    [InlineData(1e-7, "10⁻⁷")]
    [InlineData(-1e-7, "−10⁻⁷")]
    [InlineData(5e-324, "4.94×10⁻³²⁴")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Short_numbers_keep_three_digits(double value, string expected) => Assert.Equal(expected, NumberText.Short(value));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(9.9999, 0)]
    [InlineData(-1000, 3)]
    [InlineData(0.001, -3)]
    [InlineData(1e-300, -300)]
    public void The_exponent_is_the_one_of_the_leading_digit(double value, int expected) => Assert.Equal(expected, NumberText.Exponent(value));

    [Fact]
    public void A_rounded_zero_has_no_sign() => Assert.Equal("0.00", NumberText.Fixed(-0.001, 2));
}
