namespace TorchRef.Checks.Reporting;

/// <summary>The first sentence of a gradient check: the verdict, and what it is about.</summary>
internal static class GradCheckHeadline
{
    public static string Of(GradCheckReport report) => VerdictText.WithWord(report.Verdict, report.Verdict switch
    {
        Verdict.Pass => Pass(report),
        Verdict.Kink => Kink(report),
        Verdict.Fail => Guess(report) ?? Wrong(report),
        _ => Inconclusive(report),
    });

    private static string Pass(GradCheckReport report)
    {
        var seen = double.IsFinite(report.Power) && report.Power > 0 ? $"; an error of {ReportNumber.Of(report.Power, 2)} of the largest in its column would have been seen" : "";
        // Projections aren't entries: all that can be said of them is that they agree.
        return report.Options.Mode == GradCheckMode.Full
            ? $"{All(report.Compared, "derivative agrees", "derivatives agree")} with differences within their error bars{seen}."
            : $"{All(report.Compared, "random projection", "random projections")} of the derivatives {(report.Compared == 1 ? "agrees" : "agree")} with differences within {(report.Compared == 1 ? "its error bar" : "their error bars")}{seen}.";
    }

    private static string Kink(GradCheckReport report)
    {
        var kinks = report.Inputs.Sum(input => input.Kinks);
        var names = report.Inputs.Where(input => input.Kinks > 0).Select(input => input.Name).ToList();
        var nearest = report.Entries.Where(entry => entry.KinkDistance is not null).Select(entry => entry.KinkDistance!.Value).DefaultIfEmpty(double.NaN).Min();
        var where = double.IsNaN(nearest) ? "" : nearest == 0 ? ", at the very input" : $", the nearest {ReportNumber.Of(nearest)} from the input";
        return $"nothing is wrong, but the function has no derivative by {(names.Count == 0 ? "its input" : Names(names))} at {ReportNumber.Count(kinks, "entry", "entries")}{where}; the gradient there lies between the slopes on either side, as it must.";
    }

    private static string Inconclusive(GradCheckReport report)
    {
        if (Guess(report) is { } guess) return guess;
        var reason = report.Findings.FirstOrDefault(finding => finding.Verdict == Verdict.Inconclusive)?.Text
            ?? (report.Planted.Any(fault => !fault.Caught) ? "an error planted on purpose wasn't caught" : null);
        var unseen = report.Inputs.Sum(input => input.Unseen);
        reason ??= unseen > 0 ? $"{ReportNumber.Count(unseen, "derivative has an error bar", "derivatives have error bars")} too wide to tell" : "a mistake could have gone unseen";
        return Sentence($"nothing wrong was seen, but nothing is proven: {reason}");
    }

    private static string Wrong(GradCheckReport report)
    {
        if (report.Findings.FirstOrDefault(finding => finding.Verdict == Verdict.Fail) is { } finding) return Sentence(finding.Text);
        var names = report.Inputs.Where(input => input.Wrong > 0).ToList();
        return names.Count == 0
            ? "the gradient is wrong."
            : $"the gradient of {Names([.. names.Select(input => input.Name)])} is wrong in {ReportNumber.Count(names.Sum(input => input.Wrong))} of {ReportNumber.Count(names.Sum(input => input.Entries), "derivative", "derivatives")}.";
    }

    private static string? Guess(GradCheckReport report) =>
        report.Diagnosis.Cause is Cause.None || report.Diagnosis.Text.Length == 0 ? null : Sentence(report.Diagnosis.Text);

    private static string Sentence(string text) => text.TrimEnd() is var trimmed && trimmed.Length > 0 && ".!?".Contains(trimmed[^1]) ? trimmed : $"{trimmed}.";

    private static string All(long count, string one, string many) => count == 1 ? $"the only {one}" : $"all {ReportNumber.Count(count)} {many}";

    private static string Names(List<string> names) => names.Count switch
    {
        1 => names[0],
        <= 3 => $"{string.Join(", ", names[..^1])} and {names[^1]}",
        _ => $"{names[0]}, {names[1]} and {names.Count - 2} more",
    };
}
