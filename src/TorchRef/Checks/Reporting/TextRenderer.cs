namespace TorchRef.Checks.Reporting;

internal static class TextRenderer
{
    public static string Render(ReportDocument document) => document.Headline;
}
