using TorchRef.Checks.Reporting;
using TorchRef.Notebooks;

namespace TorchRef.Checks;

/// <summary>What every check returns: a verdict, what it rests on, and the report in four forms.</summary>
[TypeFormatterSource(typeof(ReportFormatterSource))]
public abstract class CheckReport
{
    /// <summary>What was found.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The first guess at what is wrong; <see cref="Cause.None"/> where nothing is.</summary>
    public required Diagnosis Diagnosis { get; init; }

    /// <summary>The seed that repeats the check.</summary>
    public required long Seed { get; init; }

    /// <summary>What was checked.</summary>
    public required string Subject { get; init; }

    /// <summary>The wall-clock time it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Does nothing for <see cref="Verdict.Pass"/> and <see cref="Verdict.Kink"/>.</summary>
    /// <exception cref="CheckFailedException">The verdict is Fail, or Inconclusive: what couldn't be seen isn't proven.</exception>
    public void ThrowIfFailed()
    {
        if (Verdict is Verdict.Fail or Verdict.Inconclusive) throw new CheckFailedException(this);
    }

    /// <summary>The report for a terminal: plain text, at most 100 columns.</summary>
    public sealed override string ToString() => TextRenderer.Render(ToDocument());

    /// <summary>The report as JSON, with everything in it; numbers that JSON can't write (NaN, infinities) are strings.</summary>
    public abstract string ToJson();

    /// <summary>The report as one HTML file that needs no network.</summary>
    public string ToHtml() => HtmlRenderer.Render(ToDocument());

    /// <summary>The report as JUnit XML, for build servers: a test suite with a case for each thing that was checked.</summary>
    public string ToJUnit() => JUnitRenderer.Render(ToDocument());

    /// <summary>What the text, HTML and JUnit forms are made of.</summary>
    internal abstract ReportDocument ToDocument();
}
