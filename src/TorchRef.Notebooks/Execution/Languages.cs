namespace TorchRef.Notebooks.Execution;

/// <summary>The languages that cells may be in, under the names that notebooks have for them.</summary>
internal static class Languages
{
    public const string CSharp = "C#";
    public const string Html = "HTML";
    public const string Markdown = "Markdown";

    private static readonly (string language, string[] names)[] s_all =
    [
        (CSharp, ["csharp", "c#", "cs", ".net-csharp"]),
        (Html, ["html"]),
        (Markdown, ["markdown", "md"]),
    ];

    /// <summary>For messages.</summary>
    public static string Names => "C#, HTML or Markdown";

    /// <summary>For messages.</summary>
    public static string Magics => "#!csharp, #!html or #!markdown";

    /// <summary>The language of this name; null if it is none of them.</summary>
    public static string? Find(string name) =>
        s_all.FirstOrDefault(one => one.names.Contains(name, StringComparer.OrdinalIgnoreCase)).language;
}
