using System.Text;

namespace TorchRef.Checks.Reporting;

/// <summary>What a gradient check tells a build server: a case for each input and parameter, for each contract found broken, and for the check's own test.</summary>
internal static class GradCheckCases
{
    public static IReadOnlyList<ReportCase> Of(GradCheckReport report)
    {
        var cases = report.Inputs.Select(input => Input(report, input)).ToList();
        foreach (var (finding, i) in report.Findings.Where(finding => finding.Verdict is Verdict.Fail or Verdict.Inconclusive).Select((finding, i) => (finding, i)))
            cases.Add(new ReportCase($"contract {i + 1}: {finding.Cause}", finding.Verdict, finding.Text, finding.Text));
        if (report.Planted.Count > 0) cases.Add(SelfTest(report.Planted));
        return cases;
    }

    private static ReportCase Input(GradCheckReport report, InputSummary input)
    {
        var guess = report.Diagnosis.Cause != Cause.None && (report.Diagnosis.Subject is null || report.Diagnosis.Subject == input.Name) ? report.Diagnosis.Text : null;
        if (input.Entries == 0) return new ReportCase($"gradient of {input.Name} {ReportNumber.Shape(input.Shape)}", Verdict.Inconclusive, "no derivative was compared", guess ?? "");
        var count = ReportNumber.Count(input.Entries, "derivative", "derivatives");
        var message = input.Verdict switch
        {
            Verdict.Fail => guess ?? $"{ReportNumber.Count(input.Wrong)} of {count} are wrong, the worst by {ReportNumber.Of(input.WorstRatio, 2)} times what is allowed",
            Verdict.Kink => $"{ReportNumber.Count(input.Kinks)} of {count} are at a kink, where the gradient lies between the slopes on either side",
            Verdict.Inconclusive => guess ?? $"{ReportNumber.Count(input.Unseen)} of {count} have error bars too wide to tell",
            _ => $"all {count} agree with differences within their error bars",
        };
        return new ReportCase($"gradient of {input.Name} {ReportNumber.Shape(input.Shape)}", input.Verdict, message, Details(report, input, message));
    }

    private static string Details(GradCheckReport report, InputSummary input, string message)
    {
        var details = new StringBuilder(message).Append('\n');
        foreach (var entry in report.Entries.Where(entry => entry.Input == input.Name && entry.Verdict != Verdict.Pass))
        {
            details.Append($"{entry.Where}: autograd {ReportNumber.ToBar(entry.Analytic, entry.Bar)}, differences {ReportNumber.ToBar(entry.Numeric, entry.Bar)} ± {ReportNumber.Bar(entry.Bar)}");
            if (entry is { LeftSlope: { } left, RightSlope: { } right }) details.Append($", slopes {ReportNumber.Of(left, 6)} below and {ReportNumber.Of(right, 6)} above");
            details.Append('\n');
        }
        return details.Append(System.Globalization.CultureInfo.InvariantCulture, $"seed {report.Seed}").ToString();
    }

    private static ReportCase SelfTest(IReadOnlyList<PlantedFault> planted)
    {
        var missed = planted.Where(fault => !fault.Caught).ToList();
        return missed.Count == 0
            ? new ReportCase("errors planted on purpose are caught", Verdict.Pass, $"{planted.Count} of {planted.Count} caught", "")
            : new ReportCase(
                "errors planted on purpose are caught", Verdict.Inconclusive, $"{ReportNumber.Count(missed.Count)} of {ReportNumber.Count(planted.Count)} were missed",
                string.Join('\n', missed.Select(fault => $"missed: {fault.Where}, off by {ReportNumber.Of(fault.Size)}")));
    }
}
