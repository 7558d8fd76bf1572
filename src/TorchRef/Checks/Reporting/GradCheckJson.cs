namespace TorchRef.Checks.Reporting;

internal static class GradCheckJson
{
    public static string Write(GradCheckReport report) => report.Verdict.ToString();
}
