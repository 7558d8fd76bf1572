using System.Globalization;
using TorchRef.Checks.Reporting;

namespace TorchRef.Checks.Parity;

/// <summary>The report of a comparison of optimisers, laid out.</summary>
internal static class OptimizerDocument
{
    public static ReportDocument Of(OptimizerParityReport report)
    {
        var sections = new List<ReportSection>();
        if (report.FirstDivergence is { } first) sections.Add(ParityDocument.First(first));
        ParityDocument.AddFindings(sections, report.Findings);
        if (report.Entries.Count > 0) sections.Add(ParityDocument.Table(report.Entries));
        sections.AddRange(ParityDocument.Histograms(report.Ulps));
        if (report.BlindSpots.Count > 0) sections.Add(new TextSection("What this check can't see", report.BlindSpots));
        List<(string, string)> facts =
        [
            ("problems", $"{OptimizerBench.RandomGradients}, {OptimizerBench.Quadratic}"),
            ("steps on each", report.Steps.ToString(CultureInfo.InvariantCulture)),
            ("steps in all", report.Evaluations.ToString(CultureInfo.InvariantCulture)),
            ("planted errors caught", ParityDocument.Caught(report.Planted)),
            ("seed", report.Seed.ToString(CultureInfo.InvariantCulture)),
        ];
        var headline = ParityDocument.Headline(report, "the candidate moves the parameters as the reference does");
        return new ReportDocument(report.Subject, report.Verdict, headline, facts, sections, ParityDocument.Cases(report.Entries, report.Findings, report.Verdict), report.Elapsed);
    }
}
