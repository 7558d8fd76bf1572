namespace TorchRef.Checks.Reporting;

/// <summary>Verdicts in words.</summary>
internal static class VerdictText
{
    /// <summary>The word that a headline begins with.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "PASS",
        Verdict.Fail => "FAIL",
        Verdict.Kink => "KINK",
        _ => "INCONCLUSIVE",
    };

    /// <summary>The word in a table.</summary>
    public static string InTable(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "right",
        Verdict.Fail => "WRONG",
        Verdict.Kink => "kink",
        _ => "can't tell",
    };

    /// <summary>"FAIL: …", whether or not the text began so, or with "Fail: ".</summary>
    public static string WithWord(Verdict verdict, string text) => $"{Word(verdict)}: {WithoutWord(verdict, text)}";

    /// <summary>The text without the word that a badge beside it says.</summary>
    public static string WithoutWord(Verdict verdict, string text) =>
        text.StartsWith($"{Word(verdict)}: ", StringComparison.OrdinalIgnoreCase) ? text[(Word(verdict).Length + 2)..] : text;
}
