using System.Globalization;
using System.Net;
using System.Text;
using TorchRef.Notebooks.Documents;

namespace TorchRef.Notebooks.Pages;

/// <summary>A notebook with its saved outputs as one HTML page that needs nothing else: no network, no script, no font.</summary>
/// <remarks>
/// Texts are Markdown with formulas between dollars, which become MathML. Of an output the richest form is shown. The page
/// forbids scripts, whatever the notebook's own HTML says.
/// </remarks>
public static class NotebookPage
{
    /// <summary>Forms from the richest on.</summary>
    private static readonly string[] s_richest = [MimeTypes.Html, MimeTypes.Svg, MimeTypes.Png, MimeTypes.Markdown, MimeTypes.Text];

    /// <param name="notebook">The notebook.</param>
    /// <param name="title">Title of the page where the notebook has no heading.</param>
    public static string ToHtml(Notebook notebook, string title)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Escape(notebook.Title ?? title)}</title>\n<style>\n{PageStyle.Css}</style>\n</head>\n<body>\n<main>\n");
        foreach (var cell in notebook.Cells) Write(html, cell);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder html, NotebookCell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                html.Append("<section>\n").Append(MarkdownText.ToHtml(cell.Source)).Append("</section>\n");
                break;
            case CellKind.Raw:
                html.Append("<pre>").Append(Escape(cell.Source)).Append("</pre>\n");
                break;
            default:
                html.Append("<div class=\"cell\">\n<div class=\"in\">");
                if (cell.ExecutionCount is { } count) html.Append(CultureInfo.InvariantCulture, $"<span class=\"count\">[{count}]</span>");
                html.Append("<pre>").Append(CodeColors.ToHtml(cell.Source.TrimEnd())).Append("</pre></div>\n");
                foreach (var output in cell.Outputs) html.Append("<div class=\"out\">").Append(Output(output)).Append("</div>\n");
                html.Append("</div>\n");
                break;
        }
    }

    private static string Output(CellOutput output)
    {
        if (output is StreamOutput stream) return $"<pre class=\"{(stream.Name == "stderr" ? "stderr" : "stdout")}\">{Escape(stream.Text.TrimEnd('\n'))}</pre>";
        if (output is ErrorOutput error) return $"<pre class=\"error\">{Escape(error.Traceback.Length > 0 ? error.Traceback : $"{error.Name}: {error.Value}")}</pre>";
        var data = ((DataOutput)output).Data;
        var type = s_richest.FirstOrDefault(data.Forms.ContainsKey);
        return type switch
        {
            null => $"<pre>({Escape(string.Join(", ", data.Forms.Keys))})</pre>",
            MimeTypes.Html or MimeTypes.Svg => data[type]!,
            MimeTypes.Png => $"<img alt=\"\" src=\"data:image/png;base64,{Escape(data[type]!.Replace("\n", "", StringComparison.Ordinal))}\">",
            MimeTypes.Markdown => MarkdownText.ToHtml(data[type]!),
            _ => $"<pre>{Escape(data[type]!)}</pre>",
        };
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
