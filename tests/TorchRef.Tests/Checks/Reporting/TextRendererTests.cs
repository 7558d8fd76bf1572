using System.Globalization;
using TorchRef.Checks;
using TorchRef.Checks.Reporting;

namespace TorchRef.Tests.Checks.Reporting;

/// <summary>Reports on a terminal, read by somebody who never saw the tool.</summary>
public sealed class TextRendererTests
{
    [Fact]
    public void A_failure_says_what_is_wrong_first_and_then_shows_it() => Equal("""
        FAIL: the gradient of weight is 2 times too large (factor 2.000 in all 6 entries that aren't 0).
        Checked: MyNorm(3), input (2, 3)

        Wrong derivatives: the worst 2 of 6
          derivative of  by               autograd     differences      ±  error  times allowed
          output[1, 2]   weight[2]  2.469135780247  1.234567890123  4e-12    1.2        9.5e+08
          output[0, 0]   weight[0]   -0.0246913578   -0.0123456789  2e-10  0.012        5.9e+07
          autograd: what backward gives. differences: the slope between values of the function itself, ± its
          error bar. times allowed: how often the error exceeds what may be put down to round-off (the bar,
          and 1e-09 of the derivative); more than 1 is wrong.

        By input and parameter
          by      shape   compared  wrong  largest  times allowed  verdict
          input   (2, 3)        36      0      1.5          0.031  right
          weight  (3)           18      6     1.23        9.5e+08  WRONG
          bias    (3)           18      0        1              0  right

        Also found
          the inputs were float32 and have been converted to float64

        Where the derivatives by weight are wrong
          6 of 18 entries wrong; the worst is output[1, 2] by weight[2], 9.5e+08 times what is allowed.
          |▒··|
          |·▒·|
          |··▒|
          |▒··|
          |·▒·|
          |··▓|
          rows: output, columns: weight; · right, ░ wrong by up to 10⁴ times what is allowed, ▒ 10⁸, ▓ 10¹⁰,
          █ more

        Checked at other points too, since the given one hides mistakes
          at weight and bias drawn at random, since 1 and 0 hide a missing factor

        Structure that was found and used
          output [n, c] depends on input [·, c]

        Settings and counts
          compared   72 derivatives, every entry of the Jacobian, of order 1
          cost       1,234 evaluations, 12 backward passes, 312 ms
          power      would have seen any single derivative off by 2.3e-09 of the largest in its column
          self-test  2 errors planted on purpose, all caught; the smallest was 2e-07 of the largest in its
                     column
          seed       7

        """, MadeUp.Factor);

    [Fact]
    public void A_kink_shows_the_slopes_on_either_side_and_how_far_it_is() => Equal("""
        KINK: nothing is wrong, but the function has no derivative by x at 2 entries, at the very input; the
        gradient there lies between the slopes on either side, as it must.
        Checked: relu, input (4)

        Kinks: no derivative here
          derivative of  by    autograd  slope below  slope above  distance
          output 0[2]    x[2]         0            0            1         0
          output 0[3]    x[3]         1            0            1   3.2e-06
          A gradient between the two slopes is right. distance: from the input's value to the kink.

        By input and parameter
          by  shape  compared  wrong  kinks  largest  times allowed  verdict
          x   (4)          16      0      2        1              1  kink

        Settings and counts
          compared  16 derivatives, every entry of the Jacobian, of order 1
          cost      60 evaluations, 4 backward passes, 2.0 s
          seed      1

        """, MadeUp.Kink);

    [Fact]
    public void What_could_not_be_seen_is_said_and_why() => Equal("""
        INCONCLUSIVE: nothing wrong was seen, but nothing is proven: every derivative is zero here.
        Checked: Step, input (3)

        Derivatives whose error bars are too wide to tell
          derivative of  by        autograd  differences     ±  error  times allowed
          output 0[1]    input[1]         0        0.001  0.02  0.001           0.05

        By input and parameter
          by     shape  compared  wrong  can't tell  largest  times allowed  verdict
          input  (3)           9      0           1        0           0.05  can't tell

        Also found
          INCONCLUSIVE: every derivative is zero here

        What this check can't see
          - a factor in the gradient: zero times anything is zero
          - whether the incoming gradient is used at all

        Settings and counts
          compared   9 derivatives, every entry of the Jacobian, of order 1
          cost       30 evaluations, 6 backward passes, 12 ms
          self-test  0 of 1 error planted on purpose caught; missed: output 0[0] by input[0], off by 1e-06
          seed       1

        """, MadeUp.Blind);

    [Fact]
    public void A_pass_says_what_it_would_have_seen() => Equal("""
        PASS: all 1,024 derivatives agree with differences within their error bars; an error of 1e-09 of the
        largest in its column would have been seen.
        Checked: BatchNorm1d(8), input (4, 8)

        Closest to what is allowed
          derivative of  by                  autograd      differences      ±  error  times allowed
          output[0, 1]   input[0, 1]  0.1234567890122  0.1234567890123  2e-13  1e-13        0.00083

        By input and parameter
          by     shape   compared  wrong  largest  times allowed  verdict
          input  (4, 8)     1,024      0      0.9        0.00083  right

        Settings and counts
          compared   1,024 derivatives, every entry of the Jacobian, of order 1
          cost       96 evaluations, 32 backward passes, 50 ms
          power      would have seen any single derivative off by 1e-09 of the largest in its column
          self-test  1 error planted on purpose, caught; it was 1e-06 of the largest in its column
          seed       3

        """, MadeUp.Right);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void No_name_moves_the_cursor_or_breaks_the_width(int hardName) => Fits(MadeUp.Hostile(MadeUp.HardNames[hardName]));

    [Fact]
    public void Names_of_thousands_of_characters_are_shortened_and_keep_their_ends()
    {
        var text = Fits(MadeUp.Hostile($"first.{new string('x', 5000)}.last"));

        Assert.Contains("first.", text, StringComparison.Ordinal);
        Assert.Contains(".last", text, StringComparison.Ordinal);
        Assert.True(text.Length < 10_000, $"expected a text that can be read but got {text.Length} characters");
    }

    [Fact]
    public void A_thousand_entries_are_all_shown_where_they_were_asked_for()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => (IReadOnlyList<string>)[$"weight[{i}]", $"{i}"]).ToList();

        var text = TextRenderer.Render(Document(new TableSection("Entries", [new("name"), new("value", IsNumber: true)], rows)));

        Assert.Equal(1000, text.Split('\n').Count(line => line.Contains("weight[", StringComparison.Ordinal)));
        Assert.Contains("  weight[0]        0\n", text, StringComparison.Ordinal);
        Assert.Contains("  weight[999]    999\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_too_wide_for_the_page_is_shown_row_by_row()
    {
        var columns = Enumerable.Range(0, 12).Select(i => new ReportColumn($"a wide column {i}", IsNumber: true)).ToList();

        var text = TextRenderer.Render(Document(new TableSection("Wide", columns, [[.. columns.Select((_, i) => $"{i}")]])));

        Assert.Contains("  a wide column 11: 11\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_shows_every_count_that_is_not_zero()
    {
        var text = TextRenderer.Render(Document(new HistogramSection("Distance", "ULPs", [("0", 100_000), ("1", 1), ("2–3", 0)])));

        Assert.EndsWith($"\nDistance (ULPs)\n    0  {new string('█', 40)} 100,000\n    1  █ 1\n  2–3  0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_nothing_to_show_has_no_heading() => Assert.Equal(
        "PASS: fine\nChecked: it\n",
        TextRenderer.Render(Document(new TextSection("Nothing", []), new TableSection("Nothing", [new("name")], []), new HistogramSection("Nothing", "ULPs", []), new HeatMapSection("Nothing", "r", "c", new double[0, 0]))));

    [Theory]
    [InlineData("it is wrong.")]
    [InlineData("Fail: it is wrong.")]
    [InlineData("FAIL: it is wrong.")]
    public void The_verdict_is_said_once(string headline) =>
        Assert.StartsWith("FAIL: it is wrong.\n", TextRenderer.Render(new ReportDocument("it", Verdict.Fail, headline, [], [], [], TimeSpan.Zero)), StringComparison.Ordinal);

    [Fact]
    public void The_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (strange.NumberFormat.NumberDecimalSeparator, strange.NumberFormat.NumberGroupSeparator, strange.NumberFormat.NegativeSign) = (",", "'", "~");
        var texts = new[] { CultureInfo.InvariantCulture, strange }.Select(culture =>
        {
            CultureInfo.CurrentCulture = culture;
            return string.Join('\n', MadeUp.Factor.ToString(), MadeUp.Factor.ToJson(), MadeUp.Factor.ToHtml(), MadeUp.Factor.ToJUnit());
        }).ToList();
        CultureInfo.CurrentCulture = before;

        Assert.Equal(texts[0], texts[1]);
    }

    private static ReportDocument Document(params ReportSection[] sections) => new("it", Verdict.Pass, "fine", [], sections, [], TimeSpan.Zero);

    private static string Fits(CheckReport report)
    {
        var text = report.ToString();
        Assert.All(text.Split('\n'), line => Assert.InRange(Printable.Width(line), 0, 100));
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u202E', text);
        return text;
    }

    private static void Equal(string expected, CheckReport report) => Assert.Equal(expected.ReplaceLineEndings("\n"), report.ToString(), ignoreLineEndingDifferences: false);
}
