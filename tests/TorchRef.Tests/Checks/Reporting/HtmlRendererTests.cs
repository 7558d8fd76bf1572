using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using TorchRef.Checks;
using TorchRef.Checks.Reporting;

namespace TorchRef.Tests.Checks.Reporting;

/// <summary>Reports in a browser.</summary>
public sealed partial class HtmlRendererTests
{
    [Fact]
    public void A_page_says_the_verdict_in_its_title_and_its_heading()
    {
        var page = Parse(MadeUp.Factor.ToHtml());

        Assert.Equal("FAIL: MyNorm(3), input (2, 3)", page.Descendants("title").First().Value);
        Assert.Equal("FAIL The gradient of weight is 2 times too large (factor 2.000 in all 6 entries that aren't 0).", Assert.Single(page.Descendants("h1")).Value);
        Assert.Equal("fail", Assert.Single(page.Descendants("header")).Attribute("class")!.Value);
    }

    [Fact]
    public void Everything_that_the_text_shows_is_on_the_page()
    {
        var text = string.Join('\n', Parse(MadeUp.Factor.ToHtml()).Descendants().Where(element => !element.HasElements).Select(element => element.Value));

        foreach (var shown in new[] { "output[1, 2]", "weight[2]", "2.469135780247", "1.234567890123", "4e-12", "WRONG", "the inputs were float32 and have been converted to float64", "output [n, c] depends on input [·, c]", "1,234 evaluations, 12 backward passes, 312 ms" })
            Assert.Contains(shown, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_needs_no_network_no_script_and_no_other_file()
    {
        var html = MadeUp.Factor.ToHtml();
        var page = Parse(html);

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "embed");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "srcset" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_colour_has_a_light_and_a_dark_value()
    {
        var css = Assert.Single(Parse(MadeUp.Right.ToHtml()).Descendants("style")).Value;
        var parts = css.Split("@media (prefers-color-scheme: dark)");

        Assert.Equal(2, parts.Length);
        Assert.Equal(Colours(parts[0]), Colours(parts[1][..parts[1].IndexOf('*', StringComparison.Ordinal)]));
        Assert.Empty(Used().Matches(css).Select(use => use.Groups[1].Value).Except(Colours(parts[0]).Append("--verdict")));
    }

    [Fact]
    public void The_picture_marks_the_entry_that_is_wrong()
    {
        var values = new double[5, 7];
        (values[2, 4], values[1, 1], values[0, 0]) = (3e9, 0.5, double.NaN);

        var page = Parse(HtmlRenderer.Render(Document(new HeatMapSection("Errors", "output", "weight", values))));

        var path = Assert.Single(page.Descendants(), element => Class(element) == "g6" && element.Name.LocalName == "path");
        Assert.Equal("M4 2h1v1H4z", path.Attribute("d")!.Value);
        Assert.Equal("M1 1h1v1H1z", Assert.Single(page.Descendants(), element => Class(element) == "g1" && element.Name.LocalName == "path").Attribute("d")!.Value);
        var worst = Assert.Single(page.Descendants(), element => Class(element) == "worst");
        Assert.Equal(("4", "2"), (worst.Attribute("x")!.Value, worst.Attribute("y")!.Value));
        var titles = page.Descendants().Where(element => element.Name.LocalName == "title" && element.Parent!.Name.LocalName == "rect").Select(element => (x: element.Parent!.Attribute("x")!.Value, y: element.Parent!.Attribute("y")!.Value, element.Value)).ToList();
        Assert.Equal(5 * 7 - 1, titles.Count);
        Assert.Equal([("4", "2", "output 2 by weight 4: 3e+09 times what is allowed, wrong")], titles.Where(title => title.Value.Contains("wrong", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_picture_names_entries_by_their_index_where_the_shapes_are_known()
    {
        var titles = Parse(MadeUp.Factor.ToHtml()).Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value);

        Assert.Contains("output[1, 2] by weight[2]: 9.5e+08 times what is allowed, wrong", titles);
    }

    [Fact]
    public void A_large_picture_is_grouped_by_its_worst_entries_and_stays_small()
    {
        var values = new double[3000, 2000];
        for (var row = 0; row < 3000; row++)
            for (var column = 0; column < 2000; column++) values[row, column] = (row * 7919 + column * 104729) % 1000 * 1e-3;
        values[2999, 1234] = 1e5;

        var html = HtmlRenderer.Render(Document(new HeatMapSection("Errors", "output", "weight", values)));

        var page = Parse(html);
        // 6 rows and 4 columns of entries share a cell.
        Assert.Equal("M308 499h1v1H308z", Assert.Single(page.Descendants(), element => Class(element) == "g4" && element.Name.LocalName == "path").Attribute("d")!.Value);
        Assert.Contains("the worst of 6 × 4 entries", html, StringComparison.Ordinal);
        var wrong = Assert.Single(page.Descendants(), element => element.Name.LocalName == "title" && element.Value.Contains("wrong", StringComparison.Ordinal));
        Assert.Equal("output 2961 … output 2999 by weight 1216 … weight 1247: at worst 100000 times what is allowed, wrong", wrong.Value);
        Assert.True(html.Length < 6_000_000, $"expected a page that a browser can open but got {html.Length} characters");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void No_name_gets_out_of_its_place(int hardName)
    {
        var page = Parse(MadeUp.Hostile(MadeUp.HardNames[hardName]).ToHtml());
        var harmless = Parse(MadeUp.Hostile("x").ToHtml());

        Assert.Equal(harmless.Descendants().Select(element => element.Name), page.Descendants().Select(element => element.Name));
        Assert.Equal(Attributes(harmless), Attributes(page));
        Assert.All(page.Descendants("td").Attributes(), attribute => Assert.Equal("class", attribute.Name));
    }

    [Fact]
    public void A_histogram_draws_shares_and_shows_whatever_is_not_zero()
    {
        var page = Parse(HtmlRenderer.Render(Document(new HistogramSection("Distance", "ULPs", [("0", 1_000_000), ("1", 250_000), ("2", 1), ("3", 0)]))));

        Assert.Equal(
            ["width: max(2px, 100%)", "width: max(2px, 25%)", "width: max(2px, 0%)", "width: 0"],
            page.Descendants("div").Where(element => element.Parent!.Name.LocalName == "td").Select(element => element.Attribute("style")!.Value));
    }

    private static ReportDocument Document(params ReportSection[] sections) => new("it", Verdict.Fail, "wrong", [], sections, [], TimeSpan.Zero);

    /// <summary>All but what says of a cell that it is long, or of what verdict.</summary>
    private static IEnumerable<XName> Attributes(XDocument page) =>
        page.Descendants().Where(element => element.Name.LocalName != "td").Attributes().Select(attribute => attribute.Name);

    private static string? Class(XElement element) => element.Attribute("class")?.Value;

    private static IEnumerable<string> Colours(string css) => Declared().Matches(css).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [GeneratedRegex("(--[a-z0-9]+): #")]
    private static partial Regex Declared();

    [GeneratedRegex(@"var\((--[a-z0-9]+)\)")]
    private static partial Regex Used();
}
