using System.Globalization;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class PaintTests
{
    [Fact]
    public void Texts_have_a_contrast_of_at_least_seven_in_either_theme()
    {
        Assert.All([Paint.Text, Paint.Muted], paint => AssertContrast(paint, 7));
        Assert.All([ReportStyle.Passed, ReportStyle.Failed], paint => AssertContrast(paint, 4.5));
    }

    [Fact]
    public void Lines_have_a_contrast_of_at_least_three_in_either_theme()
    {
        AssertContrast(Paint.Axis, 3);
        for (int i = 0; i < Paint.SeriesCount; i++) AssertContrast(Paint.Series(i), 3);
    }

    [Fact]
    public void More_on_the_sequential_scale_is_farther_from_the_ground()
    {
        for (int step = 1; step < ColorRamp.Sequential.Count; step++)
        {
            Assert.True(Luminance(ColorRamp.Sequential[step].Light) < Luminance(ColorRamp.Sequential[step - 1].Light));
            Assert.True(Luminance(ColorRamp.Sequential[step].Dark) > Luminance(ColorRamp.Sequential[step - 1].Dark));
        }
    }

    [Fact]
    public void The_diverging_scale_grows_away_from_the_ground_to_both_sides()
    {
        int middle = ColorRamp.Diverging.Count / 2;
        for (int step = 1; step <= middle; step++)
        {
            foreach (int side in (int[])[-1, 1])
            {
                Assert.True(Luminance(ColorRamp.Diverging[middle + side * step].Light) < Luminance(ColorRamp.Diverging[middle + side * (step - 1)].Light));
                Assert.True(Luminance(ColorRamp.Diverging[middle + side * step].Dark) > Luminance(ColorRamp.Diverging[middle + side * (step - 1)].Dark));
            }
        }
    }

    [Fact]
    public void Thirty_series_all_look_different()
    {
        var styles = new TorchRef.Experiments.Charts.Layout.SeriesStyles(Enumerable.Range(0, 30).Select(i => $"{i}"));
        Assert.Equal(30, Enumerable.Range(0, 30).Select(i => (styles.PaintOf($"{i}"), styles.DashOf($"{i}"), styles.MarkerOf($"{i}"))).Distinct().Count());
        // Without colour as well: dashes and marks alone tell them apart.
        Assert.Equal(30, Enumerable.Range(0, 30).Select(i => (styles.DashOf($"{i}"), styles.MarkerOf($"{i}"))).Distinct().Count());
    }

    private static void AssertContrast(Paint paint, double least)
    {
        Assert.True(Contrast(paint.Light, Paint.Background.Light) >= least, $"{paint.Name} light {Contrast(paint.Light, Paint.Background.Light)}");
        Assert.True(Contrast(paint.Dark, Paint.Background.Dark) >= least, $"{paint.Name} dark {Contrast(paint.Dark, Paint.Background.Dark)}");
    }

    /// <summary>As the Web Content Accessibility Guidelines define it.</summary>
    private static double Contrast(string one, string other)
    {
        double first = Luminance(one) + 0.05, second = Luminance(other) + 0.05;
        return Math.Max(first / second, second / first);
    }

    private static double Luminance(string color)
    {
        double[] linear = [.. Enumerable.Range(0, 3).Select(i => int.Parse(color.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
