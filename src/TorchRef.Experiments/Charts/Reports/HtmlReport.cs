using System.Text;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts;

/// <summary>A report as one HTML file that needs nothing else: no network, no scripts, no fonts.</summary>
public sealed record HtmlReport
{
    /// <summary>Title of the page and its first heading.</summary>
    public required string Title { get; init; }

    /// <summary>The parts, in order.</summary>
    public required IReadOnlyList<ReportBlock> Blocks { get; init; }

    /// <summary>Language of the texts, as in HTML; <c>en</c> by default.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The whole page.</summary>
    /// <param name="theme">Light or dark; <see cref="ChartTheme.Auto"/>, the default, follows the reader's system.</param>
    /// <exception cref="ArgumentException">A chart or table contradicts itself; the message says how.</exception>
    public string ToHtml(ChartTheme theme = ChartTheme.Auto)
    {
        var html = new StringBuilder();
        html.Append($"<!DOCTYPE html>\n<html lang=\"{XmlText.Escape(Language)}\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append($"<title>{XmlText.Escape(Title)}</title>\n<style>\n{ReportStyle.Sheet(theme)}</style>\n</head>\n<body>\n<h1>{XmlText.Escape(Title)}</h1>\n");
        foreach (ReportBlock block in Blocks) block.Write(html, theme);
        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Writes the page to a file, whole or not at all; folders that are missing are made.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="theme">As for <see cref="ToHtml"/>.</param>
    /// <exception cref="ArgumentException">A chart or table contradicts itself.</exception>
    public void Write(string path, ChartTheme theme = ChartTheme.Auto) => TextFile.Write(path, ToHtml(theme));
}
