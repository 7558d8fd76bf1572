namespace TorchRef.Checks.Reporting;

internal static class GradCheckDocument
{
    public static ReportDocument Of(GradCheckReport report) => new(report.Subject, report.Verdict, report.Diagnosis.Text, [], [], [], report.Elapsed);
}
