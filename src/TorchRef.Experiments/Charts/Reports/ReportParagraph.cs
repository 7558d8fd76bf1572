using System.Text;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts;

/// <summary>A paragraph of plain text.</summary>
/// <param name="Text">The text; markup in it is shown, not obeyed.</param>
public sealed record ReportParagraph(string Text) : ReportBlock
{
    internal override void Write(StringBuilder html, ChartTheme theme) => html.Append($"<p>{XmlText.Escape(Text)}</p>\n");
}
