using System.Diagnostics;
using System.Text.Json.Nodes;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref notebook</c> as a user meets it.</summary>
public sealed class NotebookCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_runs_the_cells_and_prints_what_they_bring_forth()
    {
        var file = Write("a.ipynb", "Console.WriteLine(\"hello\");", "6 * 7");

        var outcome = Shell.Run("notebook", "run", file);

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"(?m)^In \[1\], cell 2: Console\.WriteLine\(""hello""\); \(\d+\.\d s\)\n    hello$", outcome.Output);
        Assert.Matches(@"(?m)^    42\n2 cells in \d+\.\d s$", outcome.Output);
    }

    [Fact]
    public void The_failing_cell_and_line_are_named_and_the_file_stays_as_it_was()
    {
        var file = Write("a.ipynb", "1", "var list = new int[2];\nlist[5] = 1;");
        var before = File.ReadAllText(file);

        var outcome = Shell.Run("notebook", "run", file, "--save");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Contains($"FAILED {file}, cell 3, line 2: IndexOutOfRangeException: Index was outside the bounds of the array.\n    2 | list[5] = 1;\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"{file} is left as it was", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(file));
    }

    [Fact]
    public void A_copy_has_the_outputs_up_to_the_error()
    {
        var file = Write("a.ipynb", "1", "throw new Exception(\"bad\");", "3");

        Assert.Equal(ExitCode.Differs, Shell.Run("notebook", "run", file, "--out", _folder.At("b.ipynb")).Code);

        var cells = JsonNode.Parse(File.ReadAllText(_folder.At("b.ipynb")))!["cells"]!.AsArray();
        Assert.Equal("1", (string?)cells[1]!["outputs"]![0]!["data"]!["text/plain"]![0]);
        Assert.Equal("error", (string?)cells[2]!["outputs"]![0]!["output_type"]);
        Assert.Empty(cells[3]!["outputs"]!.AsArray());
    }

    [Fact]
    public void Saved_outputs_are_the_same_bytes_in_every_run()
    {
        var file = Write("a.ipynb", "var x = 1.5;\nConsole.WriteLine(x);", "new[] { new { x, Name = \"≤\" } }");

        Assert.Contains("; saved", Shell.Run("notebook", "run", file, "--save").Output, StringComparison.Ordinal);
        var saved = File.ReadAllText(file);
        var written = File.GetLastWriteTimeUtc(file);
        Assert.Contains("; the file has these outputs already", Shell.Run("notebook", "run", file, "--save").Output, StringComparison.Ordinal);

        Assert.Equal(saved, File.ReadAllText(file));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.Equal([file], Directory.GetFiles(_folder.Path));
        Assert.Contains("\"execution_count\": 2", saved, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_compared_with_the_saved_ones()
    {
        var file = Write("a.ipynb", "5 / 4.0");
        Shell.Run("notebook", "run", file, "--save");

        Assert.Contains("; the outputs are what the file says", Shell.Run("notebook", "run", file, "--check").Output, StringComparison.Ordinal);
        File.WriteAllText(file, File.ReadAllText(file).Replace("1.25\"\n", "1.75\"\n", StringComparison.Ordinal));
        var outcome = Shell.Run("notebook", "run", file, "--check");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Contains($"DIFFERS {file}, cell 2, output 1, text/plain: expected '1.75' but got '1.25'", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_takes_too_long_fails()
    {
        var outcome = Shell.Run("notebook", "run", Write("a.ipynb", "while (true) System.Threading.Thread.Sleep(10);"), "--timeout", "1.5");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Contains("cell 2: timeout: a cell must end in time: expected at most 1.5 s but it is still running", outcome.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Ctrl_C_ends_a_loop_without_an_end_and_leaves_the_file_as_it_was()
    {
        Skip.If(OperatingSystem.IsWindows(), "SIGINT is sent to a process where there are signals");
        Skip.If(IgnoresInterrupts(), "the tests run in the background of a shell, where SIGINT is ignored, by what they start too");
        var file = Write("a.ipynb", $"System.IO.File.WriteAllText(@\"{_folder.At("started")}\", \"\");\nwhile (true) {{ }}");
        var before = File.ReadAllText(file);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(CommandLine).Assembly.Location, "notebook", "run", file, "--save"]) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        try
        {
            var clock = Stopwatch.StartNew();
            while (!File.Exists(_folder.At("started")) && clock.Elapsed < TimeSpan.FromMinutes(1)) Thread.Sleep(50);

            Process.Start("kill", ["-INT", $"{child.Id}"]).WaitForExit();

            Assert.True(child.WaitForExit(TimeSpan.FromSeconds(20)), "the program goes on after Ctrl-C");
        }
        finally
        {
            child.Kill();
        }
        Assert.Equal(ExitCode.Interrupted, child.ExitCode);
        Assert.Equal("torchref: interrupted\n", child.StandardError.ReadToEnd());
        Assert.Equal(before, File.ReadAllText(file));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    /// <summary>SIGINT is the second bit of the mask.</summary>
    private static bool IgnoresInterrupts() =>
        OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line
        && (Convert.ToUInt64(line["SigIgn:".Length..].Trim(), 16) & 2) != 0;

    [Fact]
    public void Several_are_run_and_one_that_fails_decides()
    {
        var outcome = Shell.Run("notebook", "run", Write("a.ipynb", "throw new Exception();"), Write("b.ipynb", "5"), "--quiet");

        Assert.Equal(ExitCode.Differs, outcome.Code);
        Assert.Contains("1 cell in ", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("    5", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Notebooks_are_listed_with_their_titles()
    {
        Write("b.ipynb", "1", "2");
        Shell.Run("notebook", "run", Write("a.ipynb", "1"), "--save");
        File.WriteAllText(_folder.At("c.ipynb"), "{");

        var outcome = Shell.Run("notebook", "list", _folder.Path);

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Matches(@"(?m)^\S+a\.ipynb +A notebook called a\.ipynb +1 cell *$", outcome.Output);
        Assert.Matches(@"(?m)^\S+b\.ipynb +A notebook called b\.ipynb +2 cells, not yet run *$", outcome.Output);
        Assert.Matches(@"(?m)c\.ipynb: a notebook must be JSON: .+ +can't be read *$", outcome.Output);
    }

    [Fact]
    public void A_notebook_is_written_as_a_page()
    {
        var file = Write("a.ipynb", "1");

        Assert.Contains($"{_folder.At("a.html")} is the page; the notebook has no saved outputs", Shell.Run("notebook", "html", file).Output, StringComparison.Ordinal);

        Assert.Contains("<title>A notebook called a.ipynb</title>", File.ReadAllText(_folder.At("a.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a notebook must be there: expected a file but there is no nowhere.ipynb", "run", "nowhere.ipynb")]
    [InlineData("a notebook is a file: expected .ipynb but / is a folder .+", "run", "/")]
    [InlineData("--save replaces what --check compares with: expected one of them but got both", "run", "a.ipynb", "--save", "--check")]
    [InlineData("--out names one file: expected one notebook with it but got 2", "run", "a.ipynb", "b.ipynb", "--out", "c.ipynb")]
    [InlineData("--timeout must be a number of seconds: expected more than 0 but got 0", "run", "a.ipynb", "--timeout", "0")]
    [InlineData("--out must name a file in a folder that exists: expected .+ but there is none", "html", "a.ipynb", "--out", "nowhere/a.html")]
    [InlineData("notebooks are listed of a folder: expected one but there is no folder nowhere", "list", "nowhere")]
    public void What_can_not_be_is_one_line(string message, params string[] arguments)
    {
        var outcome = Shell.Run(["notebook", .. arguments]);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Matches($"^torchref: {message}$", Assert.Single(outcome.ErrorLines));
    }

    [Theory]
    [InlineData("{\"cells\": [", "a notebook must be JSON: .+")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "a notebook must be of the format nbformat 4: .+")]
    [InlineData("""{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "python"}}}""", "a notebook's programs must be in C#: expected the language C# but got python")]
    public void A_file_that_can_not_be_run_is_one_line(string text, string message)
    {
        File.WriteAllText(_folder.At("a.ipynb"), text);

        var outcome = Shell.Run("notebook", "run", _folder.At("a.ipynb"));

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Matches($"^torchref: .+a\\.ipynb: {message}$", Assert.Single(outcome.ErrorLines));
    }

    private string Write(string name, params string[] sources)
    {
        var cells = new JsonArray { new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = $"# A notebook called {name}" } };
        foreach (var source in sources) cells.Add(new JsonObject { ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source });
        File.WriteAllText(_folder.At(name), new JsonObject { ["cells"] = cells, ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString(new() { WriteIndented = true, IndentSize = 1 }));
        return _folder.At(name);
    }
}
