namespace TorchRef.Checks.Reporting;

internal static class JUnitRenderer
{
    public static string Render(ReportDocument document) => document.Headline;
}
