using System.Globalization;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class TicksTests
{
    [Theory]
    [InlineData(0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 1, 5, "0.00 0.25 0.50 0.75 1.00")]
    [InlineData(-7, 42, 6, "0 10 20 30 40")]
    [InlineData(-0.3, 0.3, 8, "−0.3 −0.2 −0.1 0.0 0.1 0.2 0.3")]
    [InlineData(0, 3e-7, 4, "0 1×10⁻⁷ 2×10⁻⁷ 3×10⁻⁷")]
    [InlineData(0, 5e6, 6, "0 1×10⁶ 2×10⁶ 3×10⁶ 4×10⁶ 5×10⁶")]
    [InlineData(1e5, 5e5, 5, "100000 200000 300000 400000 500000")]
    [InlineData(1.000001, 1.000003, 3, "1.000001 1.000002 1.000003")]
    public void Linear_ticks_are_round(double min, double max, int count, string expected) =>
        Assert.Equal(expected, Joined(LinearTicks.Find(min, max, count)));

    [Theory]
    [InlineData(1e-12, 1e3, 6, "10⁻¹² 10⁻⁹ 10⁻⁶ 10⁻³ 1 10³")]
    [InlineData(1e-4, 1, 9, "10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 1")]
    [InlineData(0.001, 1000, 9, "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData(1.5, 60, 9, "2 5 10 20 50")]
    [InlineData(0.72, 0.78, 8, "0.72 0.73 0.74 0.75 0.76 0.77 0.78")]
    [InlineData(1e-300, 1e300, 4, "10⁻²⁰⁰ 1 10²⁰⁰")]
    public void Logarithmic_ticks_are_powers_of_ten_where_there_are_enough(double min, double max, int count, string expected) =>
        Assert.Equal(expected, Joined(LogTicks.Find(min, max, count)));

    [Fact]
    public void Ticks_of_any_range_lie_inside_rise_and_are_neither_too_many_nor_too_few()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 4000; trial++)
        {
            double min = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-200, 200)), max = min + Math.Abs(min) * Math.Pow(10, random.Next(-6, 4)) * (0.1 + random.NextDouble());
            int count = random.Next(5, 12);
            IReadOnlyList<Tick> ticks = LinearTicks.Find(min, max, count);
            Assert.InRange(ticks.Count, 2, count);
            Assert.All(ticks, tick => Assert.InRange(tick.Value, min - 1e-8 * (max - min), max + 1e-8 * (max - min)));
            Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
            double step = ticks[1].Value - ticks[0].Value;
            Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(step, pair.Second.Value - pair.First.Value, 1e-6 * step));
        }
    }

    [Fact]
    public void Labels_say_the_value_that_they_stand_at()
    {
        var random = new Random(6);
        for (int trial = 0; trial < 4000; trial++)
        {
            bool log = trial % 2 == 0;
            double min = Math.Pow(10, random.Next(-30, 30)) * (1 + random.NextDouble()), max = min * (1 + Math.Pow(10, random.Next(-3, 20)));
            foreach (Tick tick in Ticks.Find(log ? AxisScale.Log : AxisScale.Linear, min, max, 8).Where(tick => !tick.IsMinor))
                Assert.Equal(1, tick.Value == 0 ? 1 + Parse(tick.Label) : Parse(tick.Label) / tick.Value, 1e-9);
        }
    }

    [Fact]
    public void Logarithmic_axes_have_labels_whatever_their_length()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 4000; trial++)
        {
            double min = Math.Pow(10, random.Next(-290, 250)) * (1 + random.NextDouble()), max = min * Math.Pow(10, 0.01 + 40 * Math.Pow(random.NextDouble(), 3));
            IReadOnlyList<Tick> ticks = LogTicks.Find(min, max, 7);
            Assert.InRange(ticks.Count(tick => !tick.IsMinor), 1, 7);
            Assert.All(ticks, tick => Assert.InRange(tick.Value, min * (1 - 1e-6), max * (1 + 1e-6)));
            Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value));
        }
    }

    [Fact]
    public void Between_two_powers_of_ten_there_are_labels_where_they_find_room()
    {
        Assert.Equal("10 20 50 100", Joined(LogTicks.Find(8, 128, 8)));
        Assert.Equal("10 100", Joined(LogTicks.Find(8, 128, 3)));
    }

    [Fact]
    public void Counted_things_have_whole_ticks() =>
        Assert.All(LinearTicks.Find(0, 3, 9, whole: true), tick => Assert.Equal(Math.Floor(tick.Value), tick.Value));

    [Fact]
    public void Minor_ticks_have_no_label()
    {
        IReadOnlyList<Tick> ticks = LogTicks.Find(1, 100, 9);
        Assert.Equal("1 10 100", Joined(ticks));
        Assert.Contains(ticks, tick => tick.IsMinor && tick.Value == 30);
    }

    private static string Joined(IReadOnlyList<Tick> ticks) => string.Join(' ', ticks.Where(tick => !tick.IsMinor).Select(tick => tick.Label));

    private static double Parse(string label)
    {
        string[] parts = label.Replace('−', '-').Split('×');
        string power = parts[^1];
        if (!power.StartsWith("10", StringComparison.Ordinal) || power.Length == 2 || !"⁻⁰¹²³⁴⁵⁶⁷⁸⁹".Contains(power[2])) return double.Parse(parts[0], CultureInfo.InvariantCulture);
        string exponent = string.Concat(power[2..].Select(letter => letter == '⁻' ? "-" : $"{"⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(letter)}"));
        return double.Parse($"{(parts.Length == 2 ? parts[0] : "1")}e{exponent}", CultureInfo.InvariantCulture);
    }
}
