using System.Xml.Linq;
using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class HtmlReportTests
{
    private const string Nasty = "<img src=x onerror=\"alert('&')\">";

    [Fact]
    public void Everything_is_escaped()
    {
        string html = Report(
            new ReportHeading(Nasty), new ReportParagraph(Nasty), new ReportText(Nasty), new ReportVerdict(ReportOutcome.Failed, Nasty),
            new ReportSettings([new(Nasty, Nasty)]), new ReportTable { Caption = Nasty, Columns = [new(Nasty)], Rows = [[Nasty]] },
            new ReportFigure(ChartSamples.Hard["markup"])).ToHtml();
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        // Title and first heading, then the blocks: 1, 1, 1, 1, 2, 3.
        Assert.Equal(11, html.Split("&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;").Length - 1);
    }

    [Fact]
    public void A_report_needs_no_network()
    {
        string html = (Whole with { Title = "Plain" }).ToHtml();
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", ""), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)src=|href=|@import|url\\(|<script|<link", html);
    }

    [Fact]
    public void A_report_is_well_formed_and_holds_its_charts()
    {
        XElement body = Body(Whole);
        Assert.Equal(2, body.Descendants("figure").Count());
        Assert.Equal(2, body.Descendants(SvgPicture.Svg + "svg").Count());
        Assert.Equal(Nasty, body.Element("h1")!.Value);
    }

    [Fact]
    public void Verdicts_are_told_without_colour()
    {
        string[] verdicts = [.. Body(Whole).Elements("p").Where(p => ((string?)p.Attribute("class"))?.StartsWith("verdict", StringComparison.Ordinal) == true).Select(p => p.Value)];
        Assert.Equal(["✓ Holds: one", "✗ Doesn't hold: two", "? Undecided: three"], verdicts);
    }

    [Fact]
    public void Numbers_line_up_at_the_point()
    {
        XElement[] cells = [.. Body(Whole).Descendants("td").Where(cell => (string?)cell.Attribute("class") == "number")];
        Assert.Equal(["1\u2008\u2007\u2007\u2007", "0.92\u2007", "−0.733", "NaN"], cells.Select(cell => cell.Value));
    }

    [Fact]
    public void A_row_of_the_wrong_length_is_told()
    {
        ArgumentException told = Assert.Throws<ArgumentException>(() => Report(new ReportTable { Columns = [new("a"), new("b")], Rows = [["1", "2"], ["3"]] }).ToHtml());
        Assert.Equal("Rows are as long as the head: row 1: expected 2 cells but got 1.", told.Message);
    }

    [Theory]
    [InlineData(ChartTheme.Auto, true)]
    [InlineData(ChartTheme.Light, false)]
    [InlineData(ChartTheme.Dark, false)]
    public void The_theme_reaches_the_charts(ChartTheme theme, bool asks)
    {
        string html = Whole.ToHtml(theme);
        Assert.Equal(asks, html.Contains("prefers-color-scheme", StringComparison.Ordinal));
        Assert.Equal(theme == ChartTheme.Dark, html.Contains("fill=\"#16191d\"", StringComparison.Ordinal));
        Assert.Equal(html, Whole.ToHtml(theme));
    }

    [Fact]
    public void A_chart_that_cant_be_drawn_leaves_the_old_file()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, path = Path.Combine(folder, "report.html");
        try
        {
            Whole.Write(path);
            Assert.Throws<ArgumentException>(() => Report(new ReportFigure(ChartSamples.Ordinary["lines"] with { Width = 0 })).Write(path));
            Assert.Equal(Whole.ToHtml(), File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HtmlReport Whole => Report(
        new ReportVerdict(ReportOutcome.Passed, "one"), new ReportVerdict(ReportOutcome.Failed, "two"), new ReportVerdict(ReportOutcome.Undecided, "three"),
        new ReportFigure(ChartSamples.Ordinary["lines"]), new ReportFigure(ChartSamples.Ordinary["heat-map"]),
        new ReportTable { Columns = [new("case"), new("value") { IsNumber = true }], Rows = [["a", "1"], ["b", "0.92"], ["c", "−0.733"], ["d", "NaN"]] });

    private static HtmlReport Report(params ReportBlock[] blocks) => new() { Title = Nasty, Blocks = blocks };

    /// <summary>The body, which is written so that it is XML too.</summary>
    private static XElement Body(HtmlReport report)
    {
        string html = report.ToHtml();
        return XElement.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
    }
}
