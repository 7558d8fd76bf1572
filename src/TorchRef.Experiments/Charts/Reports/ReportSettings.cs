using System.Text;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts;

/// <summary>What the numbers were made with: names and values, such as the seed.</summary>
/// <param name="Items">Names and values, in order.</param>
public sealed record ReportSettings(IReadOnlyList<KeyValuePair<string, string>> Items) : ReportBlock
{
    internal override void Write(StringBuilder html, ChartTheme theme)
    {
        html.Append("<dl>\n");
        foreach ((string name, string value) in Items) html.Append($"<div><dt>{XmlText.Escape(name)}</dt><dd>{XmlText.Escape(value)}</dd></div>\n");
        html.Append("</dl>\n");
    }
}
