using System.Text;
using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts;

/// <summary>A heading within the report.</summary>
/// <param name="Text">The heading.</param>
public sealed record ReportHeading(string Text) : ReportBlock
{
    /// <summary>Depth below the report's title: 1 (the default), 2 or 3.</summary>
    public int Depth { get; init; } = 1;

    internal override void Write(StringBuilder html, ChartTheme theme)
    {
        if (Depth is < 1 or > 3) throw new ArgumentException($"Headings are 1 to 3 deep: expected such a depth for '{Text}' but got {Depth}.");
        html.Append($"<h{Depth + 1}>{XmlText.Escape(Text)}</h{Depth + 1}>\n");
    }
}
