using TorchRef.Checks;
using TorchRef.Experiments.Charts;
using TorchRef.Notebooks.Display;
using TorchRef.Notebooks.Documents;
using TorchSharp;

namespace TorchRef.Notebooks.Tests.Display;

public sealed class ValueFormatterTests
{
    private static readonly LineChart s_chart = new() { Title = "Loss", XAxis = new Axis("epoch"), YAxis = new Axis("loss"), Series = [new LineSeries("train", [3, 2, 1])] };

    [Theory]
    [InlineData(null, "<null>")]
    [InlineData(1.5, "1.5")]
    [InlineData(true, "True")]
    [InlineData("a\nb", "a\nb")]
    public void A_single_value_is_its_text(object? value, string text) => Assert.Equal([(MimeTypes.Text, text)], Forms(value));

    [Fact]
    public void Sequences_of_single_values_are_a_list()
    {
        Assert.Equal([(MimeTypes.Text, "[ 1, 2.5 ]")], Forms(new[] { 1, 2.5 }));
        Assert.Equal([(MimeTypes.Text, "[ (1, a), (2, b) ]")], Forms(new[] { (1, "a"), (2, "b") }));
        Assert.Equal([(MimeTypes.Text, "[ [ 1 ], [ 2, 3 ] ]")], Forms(new int[][] { [1], [2, 3] }));
        Assert.Equal([(MimeTypes.Text, "[ ]")], Forms(Array.Empty<int>()));
    }

    [Fact]
    public void A_sequence_without_an_end_is_cut()
    {
        static IEnumerable<int> Forever()
        {
            while (true) yield return 1;
        }

        Assert.EndsWith("1, … ]", ValueFormatter.Format(Forever(), [])[MimeTypes.Text], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_a_table()
    {
        var rows = new[] { new { Name = "<a>", Error = 0.5 }, new { Name = "longer", Error = 12.25 } };

        var table = ValueFormatter.Format(rows, []);

        Assert.Equal("Name    Error\n<a>       0.5\nlonger  12.25", table[MimeTypes.Text]);
        Assert.Contains("<td style=\"text-align:left\">&lt;a&gt;</td><td style=\"text-align:right\">0.5</td>", table[MimeTypes.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_is_a_table()
    {
        Assert.Equal("key  value\na        1", ValueFormatter.Format(new Dictionary<string, int> { ["a"] = 1 }, [])[MimeTypes.Text]);
    }

    [Fact]
    public void A_table_is_made_of_whatever_has_properties()
    {
        Assert.Equal("Length\n     1\n     3", ValueFormatter.Table(["a", "abc"])[MimeTypes.Text]!.Replace("Chars  ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tensor_shows_its_elements()
    {
        using var tensor = torch.tensor(new[] { 1.0, 2.0 });

        var forms = ValueFormatter.Format(tensor, []);

        Assert.Equal(tensor.ToString(TensorStringStyle.Default), forms[MimeTypes.Text]);
        Assert.Equal($"<div><pre>{tensor.ToString(TensorStringStyle.Default)}</pre></div>", forms[MimeTypes.Html]);
    }

    [Fact]
    public void A_parameter_is_a_tensor_too()
    {
        using var layer = torch.nn.Linear(1, 1);

        Assert.NotNull(ValueFormatter.Format(layer.weight, [])[MimeTypes.Html]);
    }

    [Fact]
    public void A_chart_is_a_picture_and_says_what_it_shows()
    {
        var forms = ValueFormatter.Format(s_chart, []);

        Assert.Equal([MimeTypes.Svg, MimeTypes.Html, MimeTypes.Text], forms.Forms.Keys);
        Assert.Equal(s_chart.ToSvg(), forms[MimeTypes.Svg]);
        Assert.Equal($"<div>{s_chart.ToSvg()}</div>", forms[MimeTypes.Html]);
        Assert.StartsWith("Loss. ", forms[MimeTypes.Text], StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_a_check_is_the_same_whatever_time_the_check_took()
    {
        using var input = torch.randn(3, 2, dtype: torch.float64, generator: new torch.Generator(1));
        var (first, second) = (Check(), Check());
        Assert.NotEqual(first.Elapsed, second.Elapsed);

        var forms = ValueFormatter.Format(first, []);

        Assert.Equal(forms.Forms, ValueFormatter.Format(second, []).Forms);
        Assert.StartsWith("<div class=\"torchref-report\">", forms[MimeTypes.Html], StringComparison.Ordinal);
        Assert.StartsWith("PASS: ", forms[MimeTypes.Text], StringComparison.Ordinal);

        GradCheckReport Check() => GradCheck.Run(inputs => [inputs[0].sigmoid()], [input]);
    }

    [Fact]
    public void The_style_of_a_report_reaches_nothing_outside_of_it()
    {
        using var input = torch.ones(2, dtype: torch.float64);
        var html = ValueFormatter.Format(GradCheck.Run(inputs => [inputs[0].exp()], [input]), [])[MimeTypes.Html]!;

        var style = html[html.IndexOf("<style>", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.StartsWith("<style>\n.torchref-report {", style, StringComparison.Ordinal);
        Assert.DoesNotContain("\nbody", style, StringComparison.Ordinal);
        Assert.DoesNotContain(":root", style, StringComparison.Ordinal);
        Assert.DoesNotContain("\nmain", style, StringComparison.Ordinal);
        Assert.Equal(style.Count(letter => letter == '{'), style.Count(letter => letter == '}'));
    }

    [Fact]
    public void Forms_can_be_chosen()
    {
        Assert.Equal([MimeTypes.Svg], ValueFormatter.Format(s_chart, [MimeTypes.Svg]).Forms.Keys);
        Assert.Equal("<pre>a&lt;b</pre>", ValueFormatter.Format("a<b", [MimeTypes.Html])[MimeTypes.Html]);
        Assert.Equal("a value is shown in a form that it has: expected text/plain but got 'image/png'", Assert.Throws<ArgumentException>(() => ValueFormatter.Format(1, [MimeTypes.Png])).Message);
    }

    private static IEnumerable<(string, string)> Forms(object? value) => ValueFormatter.Format(value, []).Forms.Select(form => (form.Key, form.Value));
}
