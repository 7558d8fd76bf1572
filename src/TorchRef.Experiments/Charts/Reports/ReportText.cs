using System.Text;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts;

/// <summary>Text whose line breaks and blanks matter, such as output of a program.</summary>
/// <param name="Text">The text; markup in it is shown, not obeyed.</param>
public sealed record ReportText(string Text) : ReportBlock
{
    internal override void Write(StringBuilder html, ChartTheme theme) => html.Append($"<pre>{XmlText.Escape(Text)}</pre>\n");
}
