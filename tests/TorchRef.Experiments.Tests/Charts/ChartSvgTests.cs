using System.Globalization;
using System.Xml.Linq;
using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class ChartSvgTests : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public static TheoryData<string> Names => [.. ChartSamples.All.Keys];

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_chart_is_a_picture_with_a_title_and_a_description(string name)
    {
        var picture = new SvgPicture(ChartSamples.All[name]);
        Assert.Equal("img", (string?)picture.Root.Attribute("role"));
        Assert.Equal("title", picture.Root.Elements().First().Name.LocalName);
        Assert.NotEmpty(Assert.Single(picture.Elements("desc")).Value);
        Assert.Equal($"0 0 {(string)picture.Root.Attribute("width")!} {(string)picture.Root.Attribute("height")!}", (string?)picture.Root.Attribute("viewBox"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_chart_is_drawn_in_finite_numbers_without_scripts_and_links(string name)
    {
        XElement root = new SvgPicture(ChartSamples.All[name]).Root;
        Assert.All(root.DescendantsAndSelf().Attributes(), attribute => Assert.DoesNotMatch("NaN|Infinity|∞|E[+-]", attribute.Value));
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "a" or "image" or "use" or "foreignObject");
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "href" or "id" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_chart_gives_the_same_bytes_in_any_culture()
    {
        Dictionary<string, string> first = ChartSamples.All.ToDictionary(sample => sample.Key, sample => sample.Value.ToSvg());
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (odd.NumberFormat.NumberDecimalSeparator, odd.NumberFormat.NegativeSign, odd.NumberFormat.NumberGroupSeparator) = (",", "~", ".");
        CultureInfo.CurrentCulture = odd;
        Assert.All(ChartSamples.All, sample => Assert.Equal(first[sample.Key], sample.Value.ToSvg()));
    }

    [Fact]
    public void Markup_in_texts_is_shown_and_not_obeyed()
    {
        var picture = new SvgPicture(ChartSamples.Hard["markup"]);
        picture.Text("<script>alert(\"1 & 2\")</script>");
        picture.Text("a<b>&'\uFFFD\uFFFD");
        picture.Text("]]>");
        picture.Text("5 < 6 & \"7\" > 'x'");
    }

    [Fact]
    public void The_theme_auto_repaints_every_colour_on_a_dark_screen()
    {
        var picture = new SvgPicture(ChartSamples.Ordinary["scatter"]);
        string style = Assert.Single(picture.Elements("style")).Value;
        Assert.StartsWith("@media screen and (prefers-color-scheme:dark){", style, StringComparison.Ordinal);
        foreach (XElement shape in picture.Root.Descendants().Where(element => element.Attribute("fill") is not null))
        {
            string[] classes = ((string?)shape.Attribute("class") ?? "").Split(' ');
            Assert.Equal((string?)shape.Attribute("fill") != "none", classes.Any(name => name.StartsWith("f-", StringComparison.Ordinal)));
            Assert.Equal(shape.Attribute("stroke") is not null, classes.Any(name => name.StartsWith("l-", StringComparison.Ordinal)));
            Assert.All(classes.Where(name => name.Length > 0), name => Assert.Contains($".torchref-chart .{name}{{", style, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_forced_theme_asks_nobody()
    {
        string light = ChartSamples.Ordinary["lines"].ToSvg(ChartTheme.Light), dark = ChartSamples.Ordinary["lines"].ToSvg(ChartTheme.Dark);
        Assert.All([light, dark], svg => Assert.DoesNotContain("class=", svg, StringComparison.Ordinal));
        Assert.All([light, dark], svg => Assert.DoesNotContain("<style", svg, StringComparison.Ordinal));
        Assert.Contains($"fill=\"{Paint.Text.Dark}\"", dark, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{Paint.Background.Light}\"", dark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_of_ones_own_replaces_the_automatic_one()
    {
        var chart = (LineChart)ChartSamples.Ordinary["lines"];
        Assert.Contains("<desc>Line chart: accuracy (share of images) over epoch. Series: training, validation, ", chart.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("<desc>Mine.</desc>", (chart with { Description = "Mine." }).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_written_whole_and_alone()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, path = Path.Combine(folder, "new", "chart.svg");
        try
        {
            ChartSamples.Ordinary["ranges"].Write(path);
            ChartSamples.Ordinary["bars"].Write(path, ChartTheme.Dark);
            Assert.Equal(ChartSamples.Ordinary["bars"].ToSvg(ChartTheme.Dark), File.ReadAllText(path));
            Assert.Throws<ArgumentException>(() => (ChartSamples.Ordinary["bars"] with { Width = 1 }).Write(path));
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
            Assert.Equal(ChartSamples.Ordinary["bars"].ToSvg(ChartTheme.Dark), File.ReadAllText(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
