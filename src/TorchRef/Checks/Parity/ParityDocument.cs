using System.Globalization;
using TorchRef.Checks.Reporting;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>The reports of both kinds of parity, laid out.</summary>
internal static class ParityDocument
{
    private const int MostUlps = 4;

    public static ReportDocument Of(ModuleParityReport report)
    {
        var sections = new List<ReportSection>();
        if (report.FirstDivergence is { } first) sections.Add(First(first));
        AddFindings(sections, report.Findings);
        if (report.Entries.Count > 0) sections.Add(Table(report.Entries));
        sections.AddRange(Histograms(report.Ulps));
        if (report.Variations.Count > 0) sections.Add(new TextSection("What was varied", report.Variations));
        if (report.BlindSpots.Count > 0) sections.Add(new TextSection("What this check can't see", report.BlindSpots));
        List<(string, string)> facts =
        [
            ("phases", string.Join(", ", report.Phases)),
            ("evaluations", report.Evaluations.ToString(CultureInfo.InvariantCulture)),
            ("planted errors caught", Caught(report.Planted)),
            ("seed", report.Seed.ToString(CultureInfo.InvariantCulture)),
        ];
        return new ReportDocument(report.Subject, report.Verdict, Headline(report, "the candidate does what the reference does"), facts, sections, Cases(report.Entries, report.Findings, report.Verdict), report.Elapsed);
    }

    public static string Headline(CheckReport report, string agreement) => VerdictText.WithWord(report.Verdict, report.Verdict switch
    {
        Verdict.Pass or Verdict.Kink => $"{agreement}.",
        Verdict.Fail => $"{report.Diagnosis.Text}.",
        _ => "nothing wrong was seen, but nothing is proven: a mistake could have gone unseen.",
    });

    public static TextSection First(Divergence first) => new("Where they part first",
    [
        $"In step {first.Step} of {first.Phase}, in {TypeName(first.Type)}, {first.Quantity}{first.Place} should be {first.ExpectedText} but is {first.ActualText}: {ReportNumber.Of(Math.Abs(first.Actual - first.Expected))} apart, where round-off explains {ReportNumber.Of(first.Allowed, 2)}.",
    ]);

    public static void AddFindings(List<ReportSection> sections, IReadOnlyList<Finding> findings)
    {
        if (findings.Count > 0) sections.Add(new TextSection("Besides the numbers", [.. findings.Select(finding => finding.Text)]));
    }

    public static TableSection Table(IReadOnlyList<ParityEntry> entries) => new(
        "What was compared, where it is worst",
        [new("quantity"), new("type"), new("error", true), new("allowed", true), new("of largest", true), new("steps", true), new("wrong", true), new("verdict")],
        [.. entries.Select(entry => (IReadOnlyList<string>)[
            entry.Quantity, TypeName(entry.Type), ReportNumber.Of(entry.Error, 2), ReportNumber.Of(entry.Allowed, 2), ReportNumber.Of(entry.Relative, 2),
            entry.Compared.ToString(CultureInfo.InvariantCulture), entry.Diverged.ToString(CultureInfo.InvariantCulture), VerdictText.InTable(entry.Verdict),
        ])]);

    public static IEnumerable<ReportSection> Histograms(IReadOnlyDictionary<ScalarType, UlpHistogram> ulps) =>
        ulps.Where(pair => pair.Value.Total > 0).Select(pair => new HistogramSection($"Distance from the reference in {TypeName(pair.Key)}", "units in the last place", Few(pair.Value)));

    public static string Caught(IReadOnlyList<PlantedFault> planted) => string.Create(CultureInfo.InvariantCulture, $"{planted.Count(one => one.Caught)} of {planted.Count}");

    public static IReadOnlyList<ReportCase> Cases(IReadOnlyList<ParityEntry> entries, IReadOnlyList<Finding> findings, Verdict verdict)
    {
        var cases = new List<ReportCase>();
        foreach (var entry in entries)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"off by {entry.Error:G3} where {entry.Allowed:G2} is allowed, in step {entry.Step} of {entry.Phase} at [{string.Join(", ", entry.Index)}]; {entry.Diverged} of {entry.Compared} steps are wrong");
            cases.Add(new ReportCase($"{entry.Quantity} ({TypeName(entry.Type)})", entry.Verdict, entry.Verdict == Verdict.Pass ? "agrees" : text, text));
        }
        cases.AddRange(findings.Select(finding => new ReportCase(finding.Cause.ToString(), finding.Verdict, finding.Text, finding.Text)));
        if (verdict == Verdict.Inconclusive) cases.Add(new ReportCase("power", Verdict.Inconclusive, "the check couldn't have seen a mistake", "see what this check can't see"));
        return cases;
    }

    public static string TypeName(ScalarType type) => type.ToString().ToLowerInvariant();

    /// <summary>Small distances one by one, all larger ones by powers of ten thousand: a wrong result has distances of all sizes.</summary>
    private static IReadOnlyList<(string, long)> Few(UlpHistogram histogram)
    {
        var bars = histogram.Bars;
        return bars.Count <= 3 * MostUlps ? bars : [.. bars.Take(2 * MostUlps), ("more", bars.Skip(2 * MostUlps).Where(bar => char.IsAsciiDigit(bar.label[0])).Sum(bar => bar.count)), .. bars.Where(bar => !char.IsAsciiDigit(bar.label[0]))];
    }
}
