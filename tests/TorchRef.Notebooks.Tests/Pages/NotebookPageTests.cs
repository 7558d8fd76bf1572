using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Pages;
using static TorchRef.Notebooks.Tests.Support.Small;

namespace TorchRef.Notebooks.Tests.Pages;

public sealed class NotebookPageTests
{
    [Fact]
    public void Texts_are_markdown_with_formulas_and_programs_are_coloured()
    {
        var html = NotebookPage.ToHtml(Of(Cell("markdown", "# Title\n\n한국어, $x$ and\n\n$$\nx^2\n$$\n\n$\\unheard$"), Cell("code", "var s = \"<b>\"; // 1 < 2")), "file");

        Assert.Contains("<title>Title</title>", html, StringComparison.Ordinal);
        Assert.Contains("한국어, <math><mrow><mi>x</mi></mrow></math> and", html, StringComparison.Ordinal);
        Assert.Contains("<math display=\"block\">", html, StringComparison.Ordinal);
        Assert.Contains("<code class=\"formula\">\\unheard</code>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">var</span> s = <span class=\"t\">&quot;&lt;b&gt;&quot;</span>; <span class=\"c\">// 1 &lt; 2</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_shown_in_their_richest_form()
    {
        var notebook = OfCode("1", "2");
        notebook.Cells[0].Replace([new StreamOutput("stdout", "a<b\n"), Value(("text/plain", "plain"), ("text/html", "<i>rich</i>")), Value(("image/png", "AAAA\n"))], 1);
        notebook.Cells[1].Replace([Value(("application/x", "unknown")), new ErrorOutput("E", "bad", "cell 2: E: bad")], 2);

        var html = NotebookPage.ToHtml(notebook, "file");

        Assert.Contains("<pre class=\"stdout\">a&lt;b</pre>", html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"out\"><i>rich</i></div>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("plain</", html, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,AAAA\"", html, StringComparison.Ordinal);
        Assert.Contains("(application/x)", html, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"error\">cell 2: E: bad</pre>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"count\">[2]</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_else_and_runs_no_script()
    {
        var html = NotebookPage.ToHtml(OfCode("1"), "file");

        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    private static DataOutput Value(params (string type, string text)[] forms) => new(new MimeBundle(forms.Select(form => KeyValuePair.Create(form.type, form.text))), null);
}
