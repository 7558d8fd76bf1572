using TorchRef.Notebooks;

namespace TorchRef.Checks.Reporting;

/// <summary>Reports as notebooks show them: the same for the same findings, whatever time the check took.</summary>
internal sealed class ReportFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new NotebookFormatter<CheckReport>("text/html", report => HtmlRenderer.RenderFragment(report.ToDocument().WithoutTime())),
        new NotebookFormatter<CheckReport>("text/plain", report => TextRenderer.Render(report.ToDocument().WithoutTime())),
    ];
}
