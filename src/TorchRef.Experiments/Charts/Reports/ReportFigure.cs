using System.Text;

namespace TorchRef.Experiments.Charts;

/// <summary>A chart within the report.</summary>
/// <param name="Chart">The chart; it takes the report's theme.</param>
public sealed record ReportFigure(Chart Chart) : ReportBlock
{
    internal override void Write(StringBuilder html, ChartTheme theme) => html.Append($"<figure>\n{Chart.ToSvg(theme)}</figure>\n");
}
