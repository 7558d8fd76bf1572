using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;

namespace TorchRef.Notebooks.Tests.Documents;

public sealed class NotebookTests
{
    /// <summary>As Jupyter writes it: one space, sorted members, a line break at the end.</summary>
    private const string Written = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "a1",
           "metadata": {},
           "source": [
            "# A <title> & 제목 \"quoted\" 🙂\n",
            "\n",
            "x ≤ 1"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 7,
           "id": "b2",
           "metadata": {
            "tags": [
             "raises-exception"
            ]
           },
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "one\n",
              "two"
             ]
            },
            {
             "data": {
              "application/json": {
               "a": [
                1
               ]
              },
              "text/plain": [
               "3"
              ]
             },
             "execution_count": 7,
             "metadata": {},
             "output_type": "execute_result"
            },
            {
             "ename": "Exception",
             "evalue": "bad",
             "output_type": "error",
             "traceback": [
              "\u001b[31mfirst",
              "\\u0041"
             ]
            }
           ],
           "source": "1 + 2"
          }
         ],
         "metadata": {
          "kernelspec": {
           "language": "C#"
          },
          "somebody": [
           1.50,
           null
          ]
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void What_is_read_is_written_byte_for_byte() => Assert.Equal(Written, Notebook.Parse(Written).ToJson());

    [Fact]
    public void Cells_are_read_with_all_that_they_have()
    {
        var notebook = Notebook.Parse(Written);

        Assert.Equal("C#", notebook.Language);
        Assert.Equal("A <title> & 제목 \"quoted\" 🙂", notebook.Title);
        var cell = notebook.Cells[1];
        Assert.Equal((2, CellKind.Code, "1 + 2", 7, true), (cell.Number, cell.Kind, cell.Source, cell.ExecutionCount, cell.MayThrow));
        Assert.Equal(new StreamOutput("stdout", "one\ntwo"), cell.Outputs[0]);
        Assert.Equal("""{"a":[1]}""", Assert.IsType<DataOutput>(cell.Outputs[1]).Data["application/json"]);
        Assert.Equal(new ErrorOutput("Exception", "bad", "\e[31mfirst\n\\u0041"), cell.Outputs[2]);
    }

    [Fact]
    public void Outputs_that_are_stored_again_leave_the_same_bytes()
    {
        var notebook = Notebook.Parse(Written);

        new NotebookRun([new CellRun(notebook.Cells[1], 7, notebook.Cells[1].Outputs, null, TimeSpan.Zero)], null).Store(notebook);

        Assert.Equal(Written, notebook.ToJson());
    }

    [Fact]
    public void A_cell_that_was_not_run_loses_its_outputs()
    {
        var notebook = Notebook.Parse(Written);

        new NotebookRun([], null).Store(notebook);

        Assert.Empty(notebook.Cells[1].Outputs);
        Assert.Null(Notebook.Parse(notebook.ToJson()).Cells[1].ExecutionCount);
    }

    [Theory]
    [InlineData("{\n    \"cells\": [],\n    \"nbformat\": 4\n}")]
    [InlineData("{\n  \"nbformat\": 4,\n  \"cells\": []\n}\n")]
    [InlineData("""{"cells":[],"metadata":{},"nbformat":4}""")]
    public void Indentation_and_the_order_of_members_stay(string text) => Assert.Equal(text, Notebook.Parse(text).ToJson());

    [Theory]
    [InlineData("", "a notebook must be JSON: expected JSON but got, in line 1, .+")]
    [InlineData("{\"cells\": [}", "a notebook must be JSON: expected JSON but got, in line 1, .+")]
    [InlineData("[]", "a notebook must be an object: expected one but got a list")]
    [InlineData("{}", "a notebook must be of the format nbformat 4: expected \"nbformat\": 4 but got none")]
    [InlineData("""{"nbformat": 3, "worksheets": []}""", """a notebook must be of the format nbformat 4: expected "nbformat": 4 but got 3 \(jupyter nbconvert --to notebook makes a new one of an old one\)""")]
    [InlineData("""{"nbformat": 4}""", "a notebook must have cells: expected a list at cells but got nothing")]
    [InlineData("""{"nbformat": 4, "cells": [5]}""", @"a cell must be an object: expected one at cells\[0\] but got a number")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "heading"}]}""", @"a cell must be of a kind that nbformat 4 has: expected code, markdown or raw at cells\[0\]\.cell_type but got heading")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code"}]}""", @"a text must be a string or a list of strings: expected one of them at cells\[0\]\.source but got nothing")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["a", 1]}]}""", @"a line of text must be a string: expected one at cells\[0\]\.source\[1\] but got a number")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "outputs": {}}]}""", @"outputs must be a list: expected one at cells\[0\]\.outputs but got an object")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "outputs": [{"output_type": "pyout"}]}]}""", @"an output must be of a kind that nbformat 4 has: expected .+ at cells\[0\]\.outputs\[0\] but got pyout")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "outputs": [{"output_type": "display_data"}]}]}""", @"an output that shows a value must have it: expected an object at cells\[0\]\.outputs\[0\]\.data but got nothing")]
    [InlineData("""{"nbformat": 4, "cells": [], "cells": []}""", "an object's members must have names of their own: .+")]
    public void What_is_no_notebook_is_said_with_its_place(string json, string message) =>
        Assert.Matches($"^{message}$", Assert.Throws<NotebookFormatException>(() => Notebook.Parse(json)).Message);

    [Fact]
    public void A_text_that_is_cut_anywhere_is_an_error_and_never_a_crash()
    {
        for (var length = 0; length < Written.Length - 2; length += 7)
            Assert.Throws<NotebookFormatException>(() => Notebook.Parse(Written[..length]));
    }
}
