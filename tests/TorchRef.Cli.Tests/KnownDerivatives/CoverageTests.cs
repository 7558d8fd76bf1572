using TorchRef.Cli.KnownDerivatives;

namespace TorchRef.Cli.Tests.KnownDerivatives;

/// <summary>Error bars are worth what they cover, and the less the wider they are.</summary>
public sealed class CoverageTests
{
    private static readonly double[] s_values = [-1.3, -0.2, 0.4, 1.1, 2.5];

    [Fact]
    public void Bars_cover_the_true_error_of_known_derivatives()
    {
        var coverage = new Coverage();

        foreach (var known in Formulas.Round(seed: 1)) coverage.Add(known);

        Assert.InRange(coverage.Entries, 15_000, long.MaxValue);
        Assert.True(coverage.Share >= 0.999, $"expected at least 99.9 % of {coverage.Entries} within their bars but got {coverage.Covered}; the worst is off by {coverage.Worst.ratio} bars, {coverage.Worst.where}");
    }

    [Fact]
    public void Bars_are_narrow()
    {
        var coverage = new Coverage();

        foreach (var known in Formulas.Round(seed: 2)) coverage.Add(known);

        Assert.InRange(coverage.MedianBar, 0, 1e-10);
        Assert.InRange(coverage.WideBar, 0, 1e-7);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-6)]
    [InlineData(-1)]
    public void A_formula_that_is_a_little_wrong_is_not_covered(double error)
    {
        var coverage = new Coverage();

        coverage.Add(KnownDerivative.Elementwise("sin, wrong", x => x.sin(), x => Math.Cos(x) * (1 + error), s_values));

        Assert.Equal((s_values.Length, 0), (coverage.Entries, coverage.Covered));
        Assert.StartsWith("sin, wrong", coverage.Worst.where, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_measured_covers_nothing() => Assert.Equal(0, new Coverage().Share);
}
