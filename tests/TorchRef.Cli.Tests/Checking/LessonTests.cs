using System.Globalization;
using System.Text.RegularExpressions;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Checking;

/// <summary>
/// docs/checking.md shows what the program prints and what is in the files that it names: each of its blocks is run or
/// looked up, and compared.
/// </summary>
public sealed partial class LessonTests
{
    /// <summary>What the page leaves out of an output.</summary>
    private const string Omission = "…";

    private const string Prompt = "$ torchref check SampleModules.dll ";

    private static readonly string s_root = Root();
    private static readonly IReadOnlyList<string[]> s_blocks = Blocks(File.ReadAllText(Path.Combine(s_root, "docs", "checking.md")));

    public static TheoryData<string> Commands => [.. s_blocks.Where(block => block[0].StartsWith(Prompt, StringComparison.Ordinal)).Select(block => block[0])];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_program_prints_what_the_page_shows(string command)
    {
        var block = s_blocks.Single(block => block[0] == command);

        var outcome = Samples.Check(command[Prompt.Length..].Split(' '));

        var printed = outcome.Output.Split('\n').Where(line => line.Length > 0).ToList();
        var next = 0;
        var skips = false;
        foreach (var shown in block[1..].Where(line => line.Length > 0))
        {
            if (shown.Trim() == Omission)
            {
                skips = true;
                continue;
            }
            if (skips) next = printed.FindIndex(next, line => Same(shown, line)) is >= 0 and var found ? found : throw Missing(command, shown, outcome.Output);
            if (next >= printed.Count || !Same(shown, printed[next])) throw Missing(command, shown, outcome.Output);
            (next, skips) = (next + 1, false);
        }
        Assert.True(skips || next == printed.Count, $"the page shows all of '{command}' but the program prints more: {string.Join('\n', printed.Skip(next))}");
    }

    [Fact]
    public void The_files_that_the_page_names_say_what_it_shows()
    {
        var named = s_blocks.Where(block => block[0].StartsWith("// tests/", StringComparison.Ordinal)).ToList();

        Assert.True(named.Count >= 4, $"expected at least 4 blocks that name a file but got {named.Count}");
        foreach (var block in named)
        {
            var file = File.ReadAllText(Path.Combine(s_root, block[0][3..]));
            var lines = file.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            var shown = block[1..].Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            Assert.True(Enumerable.Range(0, lines.Count).Any(at => lines.Skip(at).Take(shown.Count).SequenceEqual(shown)), $"the page must show what is in {block[0][3..]}: expected\n{string.Join('\n', shown)}\nbut got\n{file}");
        }
    }

    [Fact]
    public void The_comparison_of_blocks_can_fail()
    {
        Assert.True(Same("  output[0, 1]  0.25  3e-13", "  output[0, 1]   0.31   2e-13"));
        Assert.False(Same("  output[0, 1]  0.25", "  output[1, 1]  0.25"));
        Assert.False(Same("  output[0, 1]  0.25", "  output[0, 1]  0.75"));
        Assert.False(Same("PASS: all 3", "PASS: all"));
        Assert.False(Same("FAIL: all 3", "PASS: all 3"));
    }

    /// <summary>
    /// Words must be the same. Numbers may differ as they do from processor to processor: by less than a factor of two, or
    /// by what is round-off in both; times may be anything.
    /// </summary>
    private static bool Same(string shown, string printed)
    {
        var (left, right) = (Words(shown), Words(printed));
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First == pair.Second || (Number(pair.First) is { } a && Number(pair.Second) is { } b && Close(a, b)));
    }

    private static bool Close(double a, double b) => (Math.Abs(a) < 1e-6 && Math.Abs(b) < 1e-6) || (a * b > 0 && Math.Max(Math.Abs(a), Math.Abs(b)) < 2 * Math.Min(Math.Abs(a), Math.Abs(b)));

    private static string[] Words(string line) => Shade().Replace(Time().Replace(line, "TIME"), "#").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double? Number(string word) => double.TryParse(word.TrimEnd(',', '.'), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static global::Xunit.Sdk.XunitException Missing(string command, string line, string output) => new($"the page shows a line that '{command}' doesn't print: expected\n{line}\nbut got\n{output}");

    /// <summary>The fenced blocks of a page.</summary>
    private static List<string[]> Blocks(string page) => [.. Fence().Matches(page.ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value.TrimEnd('\n').Split('\n'))];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TorchRef.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests must run from inside the repository");
        return folder.FullName;
    }

    [GeneratedRegex(@"^```[a-z]*\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[\d.]+ (ms|s|min)\b")]
    private static partial Regex Time();

    [GeneratedRegex("[░▒▓█]")]
    private static partial Regex Shade();
}
