using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Terminal;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class TerminalChartTests
{
    public static TheoryData<string> Names => [.. ChartSamples.All.Where(sample => sample.Value is LineChart).Select(sample => sample.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_is_longer_than_asked_for_or_ends_in_blanks(string name)
    {
        foreach (int width in (int[])[TerminalChart.SmallestWidth, 61, 80])
        {
            foreach (bool unicode in (bool[])[true, false])
            {
                string[] lines = Draw(name, width, unicode);
                Assert.All(lines, line => Assert.InRange(TerminalWidth.Of(line), 0, width));
                Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_unicode_everything_is_ASCII(string name) =>
        Assert.All(string.Concat(Draw(name, 80, false)), letter => Assert.InRange(letter, ' ', '~'));

    [Fact]
    public void One_series_is_a_curve_of_dots()
    {
        string text = TerminalChart.Draw(Chart(new LineSeries("a", [0, 1])), 40, 5);
        string[] rows = [.. text.Split('\n').Where(row => row.Any(IsBraille))];
        Assert.Equal(5, rows.Length);
        // It rises: each row's first dot lies left of the one above.
        int[] starts = [.. rows.Select(row => row.TakeWhile(letter => !IsBraille(letter)).Count())];
        Assert.Equal(starts.OrderDescending(), starts);
        Assert.Equal(5, starts.Distinct().Count());
    }

    [Fact]
    public void Several_series_have_marks_of_their_own_and_a_legend()
    {
        string text = TerminalChart.Draw(Chart(new LineSeries("up", [0, 1]), new LineSeries("down", [1, 0])), 40, 5, unicode: false);
        Assert.Contains("* up   o down", text, StringComparison.Ordinal);
        string[] rows = text.Split('\n');
        Assert.Equal('o', rows.First(row => row.Contains('o') && !row.Contains("up")).First(letter => letter is 'o' or '*'));
        Assert.True(text.Count(letter => letter == '*') > 15 && text.Count(letter => letter == 'o') > 15);
    }

    [Fact]
    public void Equal_series_take_turns()
    {
        string row = TerminalChart.Draw(Chart(new LineSeries("a", [1, 1]), new LineSeries("b", [1, 1])), 40, 3, unicode: false).Split('\n').First(line => line.Contains("*o"));
        Assert.True(Math.Abs(row.Count(letter => letter == '*') - row.Count(letter => letter == 'o')) <= 1, row);
    }

    [Fact]
    public void Gaps_stay_empty_and_are_counted()
    {
        string text = TerminalChart.Draw(Chart(new LineSeries("a", [1, 1, double.NaN, double.NaN, 1, 1])), 46, 3);
        string row = text.Split('\n').First(line => line.Any(IsBraille));
        Assert.Contains("          ", row[row.IndexOf(row.First(IsBraille), StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("Not shown: 2 values not finite", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_stand_at_their_rows()
    {
        LineChart chart = Chart(new LineSeries("a", [0, 1])) with { YAxis = new Axis("loss") { Min = 0, Max = 1, Unit = "nats" } };
        string[] rows = TerminalChart.Draw(chart, 40, 11).Split('\n');
        Assert.Equal("loss (nats)", rows[0]);
        Assert.StartsWith("1.0 ┤", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("0.5 ┤", rows[6], StringComparison.Ordinal);
        Assert.StartsWith("0.0 ┤", rows[11], StringComparison.Ordinal);
        Assert.StartsWith("    └", rows[12], StringComparison.Ordinal);
    }

    [Fact]
    public void Korean_syllables_count_twice()
    {
        Assert.Equal(6, TerminalWidth.Of("정확도"));
        Assert.Equal(["정확", "도"], TerminalWidth.Wrap("정확도", 5));
    }

    [Theory]
    [InlineData(29, 10, "A chart in a terminal needs room: expected at least 30 columns but got 29.")]
    [InlineData(80, 2, "A chart in a terminal needs room: expected at least 3 rows but got 2.")]
    public void Too_little_room_is_told(int width, int height, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => TerminalChart.Draw(Chart(), width, height)).Message);

    private static string[] Draw(string name, int width, bool unicode) => TerminalChart.Draw((LineChart)ChartSamples.All[name], width, 6, unicode).Split('\n');

    private static LineChart Chart(params LineSeries[] series) => new() { Title = "", XAxis = new Axis(""), YAxis = new Axis(""), Series = series };

    private static bool IsBraille(char letter) => letter is > '\u2800' and <= '\u28FF';
}
