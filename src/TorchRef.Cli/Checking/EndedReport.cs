using System.Globalization;
using TorchRef.Checks;
using TorchRef.Checks.Reporting;

namespace TorchRef.Cli.Checking;

/// <summary>The report of a check that didn't come to its end: aborted, out of time, or ended by an exception.</summary>
internal sealed class EndedReport : CheckReport
{
    /// <summary>Where an exit code tells of a signal, the signal's number is this much less.</summary>
    private const int SignalBase = 128;

    private readonly IReadOnlyList<ReportSection> _sections;

    private EndedReport(IReadOnlyList<ReportSection> sections) => _sections = sections;

    /// <summary>What to report where a process ended before it was done.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="subject">What was checked.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="timeout">The time that it had.</param>
    public static EndedReport Of(CheckEnd end, string subject, long seed, TimeSpan timeout)
    {
        var lastWords = new TextSection("What it said last on its error stream", end.LastErrors);
        var (verdict, text, sections) = end switch
        {
            { TimedOut: true } => (
                Verdict.Inconclusive,
                string.Create(CultureInfo.InvariantCulture, $"the check didn't end within {timeout.TotalSeconds:0.###} s and was stopped while {end.Stage}: a loop that doesn't end, or too much to do (a smaller --input, --mode fast or a longer --timeout)"),
                lastWords),
            { Thrown: { } thrown } => (
                Verdict.Fail,
                $"the checked code threw {thrown.Type} while {end.Stage} (do --input and --args fit it?): {thrown.Message.ReplaceLineEndings(" ")}",
                new TextSection("Where it was thrown", thrown.Frames)),
            _ => (
                Verdict.Fail,
                $"the process was aborted ({Cause(end.ExitCode)}) while {end.Stage}: likely an exception inside backward, which no caller can catch, or an error in native code",
                lastWords),
        };
        return new EndedReport([sections]) { Verdict = verdict, Diagnosis = new Diagnosis(TorchRef.Checks.Cause.Unknown, text), Seed = seed, Subject = subject, Elapsed = end.Elapsed };
    }

    /// <inheritdoc/>
    public override string ToJson() => ReportJson.Write(this, "check that didn't end", json =>
    {
        foreach (var section in _sections.OfType<TextSection>()) json.WriteTexts("lastLines", section.Lines);
    });

    internal override ReportDocument ToDocument()
    {
        var headline = VerdictText.WithWord(Verdict, $"{Diagnosis.Text}.");
        return new ReportDocument(
            Subject, Verdict, headline, [("seed", Seed.ToString(CultureInfo.InvariantCulture))], _sections,
            [new ReportCase("the check comes to its end", Verdict, Diagnosis.Text, string.Join('\n', _sections.OfType<TextSection>().SelectMany(section => section.Lines)))], Elapsed);
    }

    private static string Cause(int code) => code switch
    {
        SignalBase + 6 => $"exit code {code}, SIGABRT",
        SignalBase + 9 => $"exit code {code}, SIGKILL: was there too little memory?",
        SignalBase + 11 => $"exit code {code}, SIGSEGV",
        unchecked((int)0xC0000005) => "exit code 0xC0000005, access violation",
        unchecked((int)0xC0000409) => "exit code 0xC0000409, abort",
        unchecked((int)0xE0434352) => "exit code 0xE0434352, unhandled exception",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {code}"),
    };
}
