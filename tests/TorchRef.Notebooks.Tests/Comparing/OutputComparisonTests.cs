using TorchRef.Notebooks.Comparing;
using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;
using static TorchRef.Notebooks.Tests.Support.Small;

namespace TorchRef.Notebooks.Tests.Comparing;

public sealed class OutputComparisonTests
{
    [Fact]
    public void The_same_outputs_are_no_difference() => Assert.Empty(Compare([new StreamOutput("stdout", "0.5")], [new StreamOutput("stdout", "0.5")]));

    [Fact]
    public void Another_text_is_named_with_its_cell_and_form()
    {
        var difference = Assert.Single(Compare([new StreamOutput("stdout", "same"), Value("0.5")], [new StreamOutput("stdout", "same"), Value("0.7")]));

        Assert.Equal("cell 1, output 2, text/plain: expected '0.5' but got '0.7'", difference.ToString());
    }

    [Fact]
    public void Missing_outputs_and_other_kinds_are_differences()
    {
        Assert.Equal("cell 1, kinds of outputs: expected stdout; display_data as text/plain but got stdout", Assert.Single(Compare([new StreamOutput("stdout", "a"), Value("1")], [new StreamOutput("stdout", "a")])).ToString());
        Assert.Equal("cell 1, kinds of outputs: expected none but got stderr", Assert.Single(Compare([], [new StreamOutput("stderr", "a")])).ToString());
    }

    [Fact]
    public void Another_error_is_a_difference() =>
        Assert.Equal("cell 1, output 1, error: expected 'Exception: a' but got 'Exception: b'", Assert.Single(Compare([new ErrorOutput("Exception", "a", "")], [new ErrorOutput("Exception", "b", "")])).ToString());

    [Fact]
    public void Where_numbers_vary_words_alone_count()
    {
        Assert.Empty(Compare([Value("train 0.9")], [Value("train 0.5")], "numbers-vary"));
        Assert.Single(Compare([Value("train 0.9")], [Value("test 0.9")], "numbers-vary"));
    }

    [Fact]
    public void What_a_cell_says_of_the_machine_is_not_compared() => Assert.Empty(Compare([Value("one GPU")], [], "nbval-ignore-output"));

    private static DataOutput Value(string text) => new(new MimeBundle(KeyValuePair.Create(MimeTypes.Text, text)), null);

    private static IReadOnlyList<OutputDifference> Compare(CellOutput[] saved, CellOutput[] fresh, string? tag = null)
    {
        var notebook = Of(Cell("code", "1", tag is null ? "{}" : $$"""{"tags": ["{{tag}}"]}"""));
        notebook.Cells[0].Replace(saved, 1);
        return OutputComparison.Compare(new NotebookRun([new CellRun(notebook.Cells[0], 1, fresh, null, TimeSpan.Zero)], null));
    }
}
