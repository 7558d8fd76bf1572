using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;
using TorchRef.Notebooks.Tests.Support;
using static TorchRef.Notebooks.Tests.Support.Small;

namespace TorchRef.Notebooks.Tests.Execution;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly TextWriter _out = Console.Out, _error = Console.Error;

    /// <summary>A cell that couldn't be stopped has silenced the console.</summary>
    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
    }

    [Fact]
    public void Cells_share_one_state()
    {
        var outputs = Outputs("using System.Text.RegularExpressions;\nvar a = 40;\nint Twice(int x) => 2 * x;\nrecord Pair(int Left, int Right);", "var p = new Pair(a, Twice(1));", "Regex.Replace($\"{p.Left + p.Right}!\", \"!\", \"\")");

        Assert.Equal("42", Text(Assert.Single(outputs)));
    }

    [Fact]
    public void The_value_of_the_last_expression_is_the_result_of_the_cell()
    {
        var run = Run(OfCode("1 + 1", "var x = 3;", "x = 4;", "x", "string s = null; s", "Console.Out.Flush()"));

        Assert.Equal(["2"], Results(run, 0));
        Assert.Empty(Results(run, 1));
        Assert.Empty(Results(run, 2));
        Assert.Equal(["4"], Results(run, 3));
        Assert.Equal(["<null>"], Results(run, 4));
        Assert.Empty(run.Cells[5].Outputs);
        Assert.Equal(4, Assert.IsType<DataOutput>(run.Cells[3].Outputs[0]).ExecutionCount);
    }

    [Fact]
    public void Await_works_at_the_top_level()
    {
        Assert.Equal("7", Text(Assert.Single(Outputs("async Task<int> Later() { await Task.Delay(5); return 7; }", "await Later()"))));
    }

    [Fact]
    public void Console_and_display_come_in_their_order()
    {
        var outputs = Outputs("Console.Write(\"a\"); Console.WriteLine('b');\ndisplay(1.5);\nConsole.Error.Write(\"c\");\n\"d\".Display();\nConsole.WriteLine(\"e\");");

        Assert.Collection(outputs,
            output => Assert.Equal(new StreamOutput("stdout", "ab\n"), output),
            output => Assert.Equal("1.5", Text(output)),
            output => Assert.Equal(new StreamOutput("stderr", "c"), output),
            output => Assert.Equal("d", Text(output)),
            output => Assert.Equal(new StreamOutput("stdout", "e\n"), output));
    }

    [Fact]
    public void What_threads_write_at_once_is_all_there()
    {
        var output = Assert.Single(Outputs("Parallel.For(0, 1000, i => Console.WriteLine(\"0123456789\"));"));

        Assert.Equal(Enumerable.Repeat("0123456789", 1000), Text(output).TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Output_without_an_end_is_cut()
    {
        var text = Text(Assert.Single(Outputs("for (var i = 0; i < 3000; i++) Console.WriteLine(new string('x', 1000));")));

        Assert.InRange(text.Length, 1_000_000, 1_002_000);
        Assert.EndsWith("… (more than 1000000 characters: the rest is left out)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_displayed_value_can_be_replaced()
    {
        Assert.Equal("done", Text(Assert.Single(Outputs("var shown = display(\"working\");\nshown.Update(\"done\");"))));
    }

    [Fact]
    public void A_cell_that_asks_something_gets_no_answer_and_does_not_wait()
    {
        Assert.Equal("<null>", Text(Assert.Single(Outputs("Console.ReadLine()"))));
    }

    [Fact]
    public void Only_programs_are_run_and_counted()
    {
        var run = Run(Of(Cell("markdown", "# Text"), Cell("code", "1"), Cell("raw", "raw"), Cell("code", " \n"), Cell("code", "2")));

        Assert.Equal([(2, 1), (4, null), (5, 2)], run.Cells.Select(cell => (cell.Cell.Number, cell.ExecutionCount)));
    }

    [Fact]
    public void What_libtorch_keeps_for_a_thread_holds_from_cell_to_cell()
    {
        var outputs = Outputs("#r \"nuget: TorchSharp-cpu\"\nusing TorchSharp;\nvar off = torch.no_grad();", "var on = torch.ones(1, requires_grad: true);\nvar free = (on * 2).requires_grad;\noff.Dispose();", "(free, (on * 2).requires_grad)");

        Assert.Equal("(False, True)", Text(Assert.Single(outputs)));
    }

    [Fact]
    public void Relative_paths_start_in_the_folder_that_is_given()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("numbers.txt"), "5");
        File.WriteAllText(folder.At("more.csx"), "int More(int x) => x + 1;");
        var before = Directory.GetCurrentDirectory();

        var run = Run(OfCode("#load \"more.csx\"\nMore(int.Parse(System.IO.File.ReadAllText(\"numbers.txt\")))"), new NotebookRunOptions { Folder = folder.Path });

        Assert.Equal(["6"], Results(run, 0));
        Assert.Equal(before, Directory.GetCurrentDirectory());
    }

    [Fact]
    public void A_cell_without_an_end_is_given_up_after_its_time()
    {
        var run = Run(OfCode("1", "while (true) System.Threading.Thread.Sleep(10);", "2"), new NotebookRunOptions { CellTimeout = TimeSpan.FromSeconds(2) });

        Assert.Equal("cell 2: timeout: a cell must end in time: expected at most 2 s but it is still running", run.Failure?.ToString());
        Assert.Equal(2, run.Cells.Count);
    }

    [Fact]
    public void A_cell_without_an_end_is_left_when_the_run_is_stopped()
    {
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Run(OfCode("while (true) System.Threading.Thread.Sleep(1);"), new NotebookRunOptions { Starting = _ => stop.CancelAfter(500) }, stop.Token));

        // What it goes on writing reaches nobody.
        Assert.NotSame(_out, Console.Out);
    }

    [Fact]
    public void A_notebook_in_another_language_is_refused()
    {
        var python = Notebook.Parse("""{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "python", "name": "python3"}}}""");

        Assert.Equal("a notebook's programs must be in C#: expected the language C# but got python", Assert.Throws<NotebookFormatException>(() => Run(python)).Message);
    }

    [Fact]
    public async Task Two_runs_at_once_wait_for_each_other()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => Run(OfCode($"Console.Write(\"{i}\"); await Task.Delay(50); Console.Write(\"{i}\");")))));

        Assert.Equal(["00", "11"], runs.Select(run => Text(Assert.Single(run.Cells[0].Outputs))));
    }

    private static IEnumerable<string> Results(NotebookRun run, int cell) => run.Cells[cell].Outputs.OfType<DataOutput>().Where(output => output.ExecutionCount is not null).Select(Text);
}
