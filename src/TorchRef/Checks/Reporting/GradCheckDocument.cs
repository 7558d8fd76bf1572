namespace TorchRef.Checks.Reporting;

/// <summary>A gradient check as a document.</summary>
internal static class GradCheckDocument
{
    public static ReportDocument Of(GradCheckReport report) => new(
        report.Subject, report.Verdict, GradCheckHeadline.Of(report), Facts(report), [.. Sections(report)], GradCheckCases.Of(report), report.Elapsed);

    private static IEnumerable<ReportSection> Sections(GradCheckReport report)
    {
        var tables = new GradCheckTables(report);
        yield return tables.Wrong();
        yield return tables.Kinks();
        yield return tables.Unseen();
        yield return tables.Closest();
        yield return tables.Inputs();
        yield return new TextSection("Also found", [.. report.Findings.Select(Finding)]);
        foreach (var map in report.ErrorMaps.Where(map => map.HasWrong)) yield return tables.Map(map);
        yield return new TextSection("What this check can't see", report.BlindSpots);
        yield return new TextSection("Checked at other points too, since the given one hides mistakes", report.Variations);
        yield return new TextSection("Structure that was found and used", report.Structure);
    }

    private static string Finding(Finding finding) => finding.Verdict == Verdict.Pass ? finding.Text : $"{VerdictText.Word(finding.Verdict)}: {finding.Text}";

    private static List<(string name, string value)> Facts(GradCheckReport report)
    {
        var options = report.Options;
        var facts = new List<(string name, string value)>
        {
            ("compared", $"{Compared(report)}, of {(options.Order == 1 ? "order 1" : "orders 1 and 2")}"),
            ("cost", $"{ReportNumber.Count(report.Evaluations, "evaluation", "evaluations")}, {ReportNumber.Count(report.Backwards, "backward pass", "backward passes")}, {ReportNumber.Time(report.Elapsed)}"),
        };
        if (double.IsFinite(report.Power) && report.Power > 0)
            facts.Add(("power", $"would have seen any single derivative off by {ReportNumber.Of(report.Power, 2)} of the largest in its column"));
        if (report.Planted.Count > 0) facts.Add(("self-test", Planted(report.Planted)));
        if (options.AbsoluteTolerance > 0) facts.Add(("excused", $"errors up to {ReportNumber.Of(options.AbsoluteTolerance)}, which prove nothing"));
        facts.Add(("seed", report.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return facts;
    }

    private static string Compared(GradCheckReport report) => report.Options.Mode == GradCheckMode.Full
        ? $"{ReportNumber.Count(report.Compared, "derivative", "derivatives")}, every entry of the Jacobian"
        : $"{ReportNumber.Count(report.Compared)} times, by random projections of the Jacobian";

    private static string Planted(IReadOnlyList<PlantedFault> planted)
    {
        var caught = planted.Count(fault => fault.Caught);
        var smallest = ReportNumber.Of(planted.Min(fault => fault.RelativeSize), 2);
        var missed = planted.FirstOrDefault(fault => !fault.Caught);
        if (missed is not null)
            return $"{ReportNumber.Count(caught)} of {ReportNumber.Count(planted.Count, "error", "errors")} planted on purpose caught; missed: {missed.Where}, off by {ReportNumber.Of(missed.Size)}";
        return planted.Count == 1
            ? $"1 error planted on purpose, caught; it was {smallest} of the largest in its column"
            : $"{ReportNumber.Count(planted.Count)} errors planted on purpose, all caught; the smallest was {smallest} of the largest in its column";
    }
}
