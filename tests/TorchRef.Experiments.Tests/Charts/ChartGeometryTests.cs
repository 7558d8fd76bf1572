using TorchRef.Experiments.Charts;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

/// <summary>Over all samples, ordinary and hard: texts keep apart and inside.</summary>
public sealed class ChartGeometryTests
{
    public static TheoryData<string> Names => [.. ChartSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_texts_overlap(string name)
    {
        IReadOnlyList<PlacedText> texts = new SvgPicture(ChartSamples.All[name]).Texts;
        var overlaps = from i in Enumerable.Range(0, texts.Count)
                       from j in Enumerable.Range(i + 1, texts.Count - i - 1)
                       where SvgPicture.Overlap(texts[i], texts[j])
                       select $"'{texts[i].Text}' and '{texts[j].Text}'";
        Assert.Empty(overlaps);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_leaves_the_picture(string name)
    {
        var picture = new SvgPicture(ChartSamples.All[name]);
        var inside = new Box(0, 0, picture.Width, picture.Height);
        Assert.Empty(picture.Texts.Where(text => !text.Corners.All(inside.Contains)).Select(text => text.Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_or_area_leaves_the_picture(string name)
    {
        var picture = new SvgPicture(ChartSamples.All[name]);
        var inside = new Box(0, 0, picture.Width, picture.Height);
        foreach (string shape in (string[])["polyline", "polygon"])
            Assert.All(picture.Elements(shape).SelectMany(SvgPicture.Points), point => Assert.True(inside.Contains(point), $"{point}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_of_the_frame_lies_on_the_plot(string name)
    {
        if (ChartSamples.All[name] is not PanelChart) return;
        var picture = new SvgPicture(ChartSamples.All[name]);
        Box plot = picture.Plot.Grown(-1);
        var onPlot = new PlacedText("plot", 0, 0, 0, false, [new(plot.Left, plot.Top), new(plot.Right, plot.Top), new(plot.Right, plot.Bottom), new(plot.Left, plot.Bottom)]);
        // Only heights of contour lines and the word that there is nothing stand on the plot.
        Assert.Empty(picture.Texts.Where(text => SvgPicture.Overlap(text, onPlot) && text.FontSize > 10 && !text.Text.StartsWith("no values", StringComparison.Ordinal) && !text.Text.StartsWith("all values lie", StringComparison.Ordinal)).Select(text => text.Text));
    }

    [Fact]
    public void The_test_itself_sees_an_overlap()
    {
        const string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'><text x='10' y='20' font-size='10'>one</text><text x='{0}' y='22' font-size='10'{1}>two</text></svg>";
        Assert.True(OverlapIn(string.Format(svg, 20, "")));
        Assert.False(OverlapIn(string.Format(svg, 40, "")));
        Assert.True(OverlapIn(string.Format(svg, 20, " transform='rotate(-45 20 22)'")));
        Assert.False(OverlapIn(string.Format(svg, 50, " transform='rotate(-45 50 22)'")));

        static bool OverlapIn(string text)
        {
            var picture = new SvgPicture(text);
            return SvgPicture.Overlap(picture.Texts[0], picture.Texts[1]);
        }
    }

    [Fact]
    public void Panels_of_a_grid_are_equally_large_and_keep_apart()
    {
        Box[] plots = [.. Plots(new SvgPicture(ChartSamples.SixteenPanels()))];
        Assert.Equal(16, plots.Length);
        Assert.All(plots, plot => Assert.Equal(plots[0].Width, plot.Width, 0.02));
        Assert.All(plots, plot => Assert.Equal(plots[0].Height, plot.Height, 0.02));
        for (int i = 0; i < 16; i++) Assert.DoesNotContain(plots.Skip(i + 1), other => other.Overlaps(plots[i]));
        Assert.Equal(4, plots.Select(plot => plot.Top).Distinct().Count());
    }

    [Fact]
    public void Numbers_stand_beside_the_outer_panels_alone()
    {
        SmallMultiples grid = ChartSamples.SixteenPanels();
        Assert.Equal(4, new SvgPicture(grid).Texts.Count(text => text.Text == "1.00"));
        Assert.Equal(4, new SvgPicture(grid).Texts.Count(text => text.Text == "15"));
        Assert.Equal(16, new SvgPicture(grid with { ShareHorizontal = false }).Texts.Count(text => text.Text == "15"));
        Assert.Single(new SvgPicture(grid).Texts, text => text.Text == "epoch");
    }

    [Fact]
    public void A_column_that_ends_early_has_its_numbers_too()
    {
        SmallMultiples grid = ChartSamples.SixteenPanels();
        var picture = new SvgPicture(grid with { Panels = [.. grid.Panels.Take(6)] });
        Assert.Equal(4, picture.Texts.Count(text => text.Text == "15"));
        Assert.Equal(2, picture.Texts.Where(text => text.Text == "15").Select(text => text.Y).Distinct().Count());
    }

    private static IEnumerable<Box> Plots(SvgPicture picture) => picture.Elements("polyline").Where(line => (string?)line.Attribute("stroke") == Paint.Axis.Light)
        .Select(SvgPicture.Points).Select(axes => new Box(axes[0].X, axes[0].Y, axes[2].X - axes[0].X, axes[1].Y - axes[0].Y));
}
