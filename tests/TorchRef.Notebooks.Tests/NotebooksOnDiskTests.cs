using System.Text.RegularExpressions;
using TorchRef.Notebooks.Comparing;
using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;
using TorchRef.Notebooks.Pages;
using TorchRef.Notebooks.Tests.Support;

namespace TorchRef.Notebooks.Tests;

/// <summary>The notebooks of this house: they run, and they bring forth what their files say.</summary>
public sealed partial class NotebooksOnDiskTests
{
    private static readonly string s_folder = Find();

    public static TheoryData<string> Files => [.. Directory.GetFiles(s_folder, "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void All_six_are_there() =>
        Assert.Equal(["01", "02", "03", "04", "05", "06"], Directory.GetFiles(s_folder, "*.ipynb").Select(file => Path.GetFileName(file)[..2]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_notebook_brings_forth_what_its_file_says(string file)
    {
        var notebook = Notebook.Load(Path.Combine(s_folder, file));

        var run = Small.Run(notebook, new NotebookRunOptions { Folder = s_folder });

        Assert.True(run.Failure is null, run.Failure?.ToString());
        Assert.Equal([], OutputComparison.Compare(run).Select(difference => difference.ToString()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_program_has_been_run_and_none_failed(string file)
    {
        var programs = Notebook.Load(Path.Combine(s_folder, file)).Cells.Where(cell => cell.Kind == CellKind.Code).ToList();

        Assert.Equal(Enumerable.Range(1, programs.Count), programs.Select(cell => cell.ExecutionCount ?? 0));
        Assert.DoesNotContain(programs.SelectMany(cell => cell.Outputs), output => output is ErrorOutput or StreamOutput { Name: "stderr" });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_written_as_it_was_read(string file)
    {
        var text = File.ReadAllText(Path.Combine(s_folder, file));

        Assert.Equal(text, Notebook.Parse(text).ToJson());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_begins_with_a_title_and_an_introduction_in_Korean(string file)
    {
        var notebook = Notebook.Load(Path.Combine(s_folder, file));

        Assert.StartsWith($"# {int.Parse(file[..2], System.Globalization.CultureInfo.InvariantCulture)}. ", notebook.Cells[0].Source, StringComparison.Ordinal);
        Assert.True(Hangul().Count(notebook.Cells[0].Source) > 100, "the introduction is short, or not in Korean");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_page_shows_every_formula(string file)
    {
        var html = NotebookPage.ToHtml(Notebook.Load(Path.Combine(s_folder, file)), file);

        Assert.DoesNotContain("class=\"formula\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("$$", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_files_that_it_links_to_are_there(string file)
    {
        foreach (Match link in Link().Matches(string.Concat(Notebook.Load(Path.Combine(s_folder, file)).Cells.Select(cell => cell.Source))))
            Assert.True(File.Exists(Path.Combine(s_folder, link.Groups[1].Value)), $"{file} links to {link.Groups[1].Value}, which isn't there");
    }

    [Fact]
    public void Another_output_in_a_file_is_seen()
    {
        var text = File.ReadAllText(Path.Combine(s_folder, "01-quick-start.ipynb"));
        Assert.Contains("1.64750869", text, StringComparison.Ordinal);
        var notebook = Notebook.Parse(text.Replace("1.64750869", "1.65750869", StringComparison.Ordinal));

        Assert.NotEmpty(OutputComparison.Compare(Small.Run(notebook, new NotebookRunOptions { Folder = s_folder })));
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TorchRef.sln")))
                return Path.Combine(folder.FullName, "notebooks");
        throw new DirectoryNotFoundException("the tests run inside of the repository: expected TorchRef.sln above them but found none");
    }

    [GeneratedRegex(@"\p{IsHangulSyllables}")]
    private static partial Regex Hangul();

    [GeneratedRegex(@"\]\(([^)#:]+\.(?:md|ipynb))\)")]
    private static partial Regex Link();
}
