using TorchRef.Notebooks;

namespace TorchRef.Experiments.Charts;

/// <summary>Charts as notebooks show them: as a picture, and in words for those who don't see it.</summary>
internal sealed class ChartFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new NotebookFormatter<Chart>("text/html", chart => $"<div>{chart.ToSvg()}</div>"),
        new NotebookFormatter<Chart>("image/svg+xml", chart => chart.ToSvg()),
        new NotebookFormatter<Chart>("text/plain", chart => $"{chart.Title}. {chart.Description ?? chart.Summary()}"),
    ];
}
