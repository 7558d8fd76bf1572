using TorchRef.Notebooks.Documents;
using static TorchRef.Notebooks.Tests.Support.Small;

namespace TorchRef.Notebooks.Tests.Execution;

public sealed class FailureTests
{
    [Fact]
    public void The_run_ends_at_the_first_cell_that_fails()
    {
        var run = Run(OfCode("var a = 1;", "throw new InvalidOperationException(\"not now\");", "2"));

        Assert.Equal("cell 2, line 1: InvalidOperationException: not now", run.Failure?.ToString());
        Assert.Equal(2, run.Cells.Count);
        Assert.Equal(new ErrorOutput("InvalidOperationException", "not now", "cell 2, line 1: InvalidOperationException: not now"), Assert.Single(run.Cells[1].Outputs));
    }

    [Fact]
    public void The_line_of_an_exception_is_named()
    {
        Assert.Equal("cell 1, line 3: DivideByZeroException: Attempted to divide by zero.", Failure("var zero = 0;\n\nvar x = 1 / zero;\nvar y = 2;").ToString());
    }

    [Fact]
    public void The_line_is_that_of_the_failing_cell_and_the_details_say_where_it_was_thrown()
    {
        var failure = Failure("int Half(int x)\n{\n    if (x % 2 != 0) throw new ArgumentException(\"odd\");\n    return x / 2;\n}", "Half(4);\nHalf(3);");

        Assert.Equal((2, 2), (failure.Cell, failure.Line));
        Assert.Equal(["  in cell 1, line 3"], failure.Details);
    }

    [Fact]
    public void A_mistake_of_the_program_is_named_with_its_line_and_nothing_of_the_cell_is_run()
    {
        var run = Run(OfCode("Console.WriteLine(\"before\");\nint x = \"text\";\nunknown();"));

        Assert.Equal("cell 1, line 2: CS0029: Cannot implicitly convert type 'string' to 'int'", run.Failure?.ToString());
        Assert.Equal(["  line 2, column 9: CS0029: Cannot implicitly convert type 'string' to 'int'", "  line 3, column 1: CS0103: The name 'unknown' does not exist in the current context"], run.Failure!.Details);
        Assert.IsType<ErrorOutput>(Assert.Single(run.Cells[0].Outputs));
    }

    [Fact]
    public void What_caused_an_exception_is_said()
    {
        var failure = Failure("throw new Exception(\"outer\", new FormatException(\"inner\"));");

        Assert.Contains("  caused by FormatException: inner", failure.Details);
    }

    [Fact]
    public void An_exception_after_an_await_is_found_too()
    {
        Assert.Equal("cell 1, line 2: Exception: late", Failure("await Task.Delay(5);\nthrow new Exception(\"late\");").ToString());
    }

    [Fact]
    public void A_cell_that_may_fail_does_not_end_the_run_and_what_it_declared_stays()
    {
        var run = Run(Of(Cell("code", "var a = 5;\nthrow new Exception(\"as expected\");", """{"tags": ["raises-exception"]}"""), Cell("code", "a")));

        Assert.Null(run.Failure);
        Assert.IsType<ErrorOutput>(Assert.Single(run.Cells[0].Outputs));
        Assert.Equal("5", Text(Assert.Single(run.Cells[1].Outputs)));
    }

    [Fact]
    public void No_path_of_the_machine_is_in_what_is_saved()
    {
        var run = Run(OfCode("void F() => throw new Exception(\"bad\");\nF();"));

        Assert.DoesNotContain(Path.DirectorySeparatorChar, Assert.IsType<ErrorOutput>(run.Cells[0].Outputs[0]).Traceback);
    }
}
