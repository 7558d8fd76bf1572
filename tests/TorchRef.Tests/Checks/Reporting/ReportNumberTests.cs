using TorchRef.Checks.Reporting;

namespace TorchRef.Tests.Checks.Reporting;

/// <summary>Numbers with the digits that matter.</summary>
public sealed class ReportNumberTests
{
    [Theory]
    [InlineData(1.23456789, 3e-4, "1.2346")]
    [InlineData(1.23456789, 0.03, "1.23")]
    [InlineData(-1.23456789, 1e-8, "-1.23456789")]
    [InlineData(1.0, 1e-12, "1.000000000000")]
    [InlineData(123456.789, 200, "123500")]
    [InlineData(1.23456789e-7, 1e-12, "1.23457e-07")]
    [InlineData(1.23456789e9, 1e4, "1.23457e+09")]
    [InlineData(0.00012345, 1e-6, "0.000123")]
    [InlineData(0.0003, 0.02, "0.0003")]
    [InlineData(0.1, 1e-30, "0.1000000000000000")]
    [InlineData(0.5, 0, "0.5")]
    [InlineData(0, 1e-3, "0")]
    [InlineData(0.3333333333333333, double.PositiveInfinity, "0.333")]
    [InlineData(double.NaN, 1e-3, "NaN")]
    [InlineData(double.NegativeInfinity, 1e-3, "-∞")]
    public void An_error_bar_decides_how_many_digits_its_value_has(double value, double bar, string expected) => Assert.Equal(expected, ReportNumber.ToBar(value, bar));

    [Theory]
    [InlineData(3.1e-12, "4e-12")]
    [InlineData(3e-12, "3e-12")]
    [InlineData(9.5e-4, "0.001")]
    [InlineData(0.3, "0.3")]
    [InlineData(0.020, "0.02")]
    [InlineData(9.1, "10")]
    [InlineData(250, "300")]
    [InlineData(3e7, "3e+07")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(0, "0")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void An_error_bar_is_rounded_up_so_that_it_stays_a_bound(double bar, string expected) => Assert.Equal(expected, ReportNumber.Bar(bar));

    [Theory]
    [InlineData(1234567.0, "1.23e+06")]
    [InlineData(0.000123456, "0.000123")]
    [InlineData(0.0000123456, "1.23e-05")]
    [InlineData(2.0, "2")]
    [InlineData(99.96, "100")]
    [InlineData(-0.0, "0")]
    public void Other_numbers_have_three_digits(double value, string expected) => Assert.Equal(expected, ReportNumber.Of(value));

    [Theory]
    [InlineData(0.0001, "less than a millisecond")]
    [InlineData(0.25, "250 ms")]
    [InlineData(61.04, "61.0 s")]
    [InlineData(600, "10.0 min")]
    public void Times_have_the_unit_that_suits_them(double seconds, string expected) => Assert.Equal(expected, ReportNumber.Time(TimeSpan.FromSeconds(seconds)));
}
