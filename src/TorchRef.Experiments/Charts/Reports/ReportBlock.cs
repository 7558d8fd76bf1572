using System.Text;

namespace TorchRef.Experiments.Charts;

/// <summary>A part of an <see cref="HtmlReport"/>.</summary>
public abstract record ReportBlock
{
    internal ReportBlock()
    {
    }

    internal abstract void Write(StringBuilder html, ChartTheme theme);
}
