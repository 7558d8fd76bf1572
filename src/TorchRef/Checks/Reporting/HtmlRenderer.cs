namespace TorchRef.Checks.Reporting;

internal static class HtmlRenderer
{
    public static string Render(ReportDocument document) => document.Headline;
}
