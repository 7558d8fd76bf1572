using System.Text.RegularExpressions;

namespace TorchRef.Notebooks.Execution;

/// <summary>What a cell's text asks for: its parts by language, and the packages it names.</summary>
/// <remarks>Lines that aren't C# are blanked, not taken out: the numbers of the others stay.</remarks>
internal sealed partial class CellCode
{
    private readonly List<CellPart> _parts = [];
    private readonly List<PackageRequest> _packages = [];

    private CellCode()
    {
    }

    public IReadOnlyList<CellPart> Parts => _parts;

    public IReadOnlyList<PackageRequest> Packages => _packages;

    /// <param name="source">The cell's text.</param>
    /// <param name="language">The language that the cell's metadata name; null for the notebook's.</param>
    /// <exception cref="CellError">A language or a magic command isn't known here.</exception>
    public static CellCode Parse(string source, string? language)
    {
        var code = new CellCode();
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        var current = Languages.Find(language ?? Languages.CSharp) ?? throw new CellError(1, $"a cell must be in a language that is understood here: expected {Languages.Names} but got {language}");
        var start = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("#!", StringComparison.Ordinal))
            {
                var magic = line[2..].Split(' ', 2)[0];
                var next = Languages.Find(magic) ?? throw new CellError(i + 1, $"magic commands are .NET Interactive's; only those that choose a language are understood here: expected {Languages.Magics} but got #!{magic}");
                code.Add(current, lines, start, i);
                (current, start, lines[i]) = (next, i, "");
            }
            else if (current == Languages.CSharp && NuGetReference().Match(line) is { Success: true } match)
            {
                code._packages.Add(new PackageRequest(i + 1, match.Groups["id"].Value, match.Groups["version"] is { Success: true } version ? version.Value : null));
                lines[i] = "";
            }
            else if (current == Languages.CSharp && NuGetSource().IsMatch(line))
            {
                // Where packages come from: nothing is downloaded here.
                lines[i] = "";
            }
        }
        code.Add(current, lines, start, lines.Length);
        return code;
    }

    private void Add(string language, string[] lines, int start, int end)
    {
        var text = string.Join('\n', lines[start..end]);
        if (text.Trim().Length == 0) return;
        _parts.Add(new CellPart(language, language == Languages.CSharp ? new string('\n', start) + text : text.Trim('\n')));
    }

    [GeneratedRegex("""^#r\s+"nuget:\s*(?<id>[^,"\s]+)\s*(,\s*(?<version>[^,"]*?)\s*)?"\s*(//.*)?$""")]
    private static partial Regex NuGetReference();

    [GeneratedRegex("""^#i\s+"nuget:[^"]*"\s*(//.*)?$""")]
    private static partial Regex NuGetSource();
}

/// <summary>A part of a cell in one language.</summary>
internal sealed record CellPart(string Language, string Text);

/// <summary>A package that a cell asks for.</summary>
internal sealed record PackageRequest(int Line, string Id, string? Version);
