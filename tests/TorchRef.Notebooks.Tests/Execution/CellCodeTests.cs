using TorchRef.Notebooks.Documents;
using static TorchRef.Notebooks.Tests.Support.Small;

namespace TorchRef.Notebooks.Tests.Execution;

/// <summary>What isn't C# in a cell: packages and magic commands.</summary>
public sealed class CellCodeTests
{
    [Theory]
    [InlineData("TorchSharp-cpu", "typeof(TorchSharp.torch)", "TorchSharp")]
    [InlineData("TorchSharp, 0.106.0", "typeof(TorchSharp.torch)", "TorchSharp")]
    [InlineData("torchref", "typeof(TorchRef.Normalization.BatchNorm1d)", "TorchRef")]
    [InlineData("TorchRef, 0.1.0", "typeof(TorchRef.Checks.GradCheck)", "TorchRef")]
    [InlineData("TorchRef, 0.1.*", "typeof(TorchSharp.torch)", "TorchSharp")]
    [InlineData("TorchRef.Xunit", "typeof(TorchRef.Xunit.GradientAssert)", "TorchRef.Xunit")]
    [InlineData("TorchRef.Interop", "typeof(TorchRef.Interop.Checkpoints.Checkpoint)", "TorchRef.Interop")]
    [InlineData("TorchRef.Interop", "typeof(Microsoft.ML.IDataView)", "Microsoft.ML.DataView")]
    [InlineData("TorchRef.Experiments", "typeof(TorchRef.Experiments.Charts.LineChart)", "TorchRef.Experiments")]
    [InlineData("TorchRef.Experiments", "typeof(TorchRef.Interop.Checkpoints.Checkpoint)", "TorchRef.Interop")]
    [InlineData("Microsoft.ML.DataView", "typeof(Microsoft.ML.IDataView)", "Microsoft.ML.DataView")]
    public void Packages_are_the_assemblies_that_were_built(string package, string type, string assembly)
    {
        var outputs = Outputs($"#r \"nuget: {package}\"", $"{type}.Assembly.GetName().Name");

        Assert.Equal(assembly, Text(Assert.Single(outputs)));
    }

    [Fact]
    public void Types_of_packages_are_this_process_s_own()
    {
        var outputs = Outputs("#r \"nuget: TorchRef\"\nusing System.Runtime.Loader;\nAssemblyLoadContext.GetLoadContext(typeof(TorchRef.Checks.GradCheck).Assembly) == AssemblyLoadContext.Default");

        Assert.Equal("True", Text(Assert.Single(outputs)));
    }

    [Theory]
    [InlineData("Plotly.NET, 5.0.0", "a notebook gets the packages that this program was built with: expected TorchRef, .+ but got Plotly.NET .+")]
    [InlineData("TorchSharp.PyBridge", "a notebook gets the packages that this program was built with: expected TorchRef, .+ but got TorchSharp.PyBridge .+")]
    [InlineData("TorchRef, 9.9.9", "TorchRef must be of the version that this program has: expected 0.1.0 but got 9.9.9")]
    public void Other_packages_are_refused_with_their_line(string package, string message)
    {
        var failure = Failure($"using System.IO;\n#r \"nuget: {package}\"\n");

        Assert.Equal(2, failure.Line);
        Assert.Matches($"^{message}$", failure.Message);
    }

    [Fact]
    public void An_assembly_of_a_path_is_taken_and_shares_types_with_the_packages()
    {
        var path = typeof(CellCodeTests).Assembly.Location;

        var outputs = Outputs($"#r \"{path}\"\n#r \"nuget: TorchRef.Experiments\"\ntypeof(TorchRef.Notebooks.Tests.Execution.SomebodysCharts).GetProperty(\"Chart\").PropertyType == typeof(TorchRef.Experiments.Charts.Chart)");

        Assert.Equal("True", Text(Assert.Single(outputs)));
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_named()
    {
        var failure = Failure("1", "#r \"nowhere.dll\"");

        Assert.Equal((2, 1, "CS0006"), (failure.Cell, failure.Line, failure.Name));
        Assert.Contains("nowhere.dll", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_of_packages_and_the_magic_of_csharp_change_nothing()
    {
        Assert.Equal("3", Text(Assert.Single(Outputs("#!csharp\n#i \"nuget:https://example.org/index.json\"\nvar a = 1;\n#!csharp\nvar b = 2;", "a + b"))));
    }

    [Fact]
    public void Lines_keep_their_numbers_behind_what_is_no_csharp()
    {
        Assert.Equal(4, Failure("#!csharp\n#r \"nuget: TorchRef\"\n\nunknown();").Line);
    }

    [Fact]
    public void Html_and_markdown_are_shown()
    {
        var outputs = Outputs("#!html\n<b>bold</b>\n#!markdown\n*slanted*\n#!csharp\n\"text\"");

        Assert.Equal("<b>bold</b>", Assert.IsType<DataOutput>(outputs[0]).Data[MimeTypes.Html]);
        Assert.Equal("*slanted*", Assert.IsType<DataOutput>(outputs[1]).Data[MimeTypes.Markdown]);
        Assert.Equal("text", Text(outputs[2]));
    }

    [Theory]
    [InlineData("""{"dotnet_interactive": {"language": "html"}}""")]
    [InlineData("""{"polyglot_notebook": {"kernelName": "html"}}""")]
    public void A_cell_may_name_its_language(string metadata)
    {
        var run = Run(Of(Cell("code", "<i>x</i>", metadata)));

        Assert.Equal("<i>x</i>", Assert.IsType<DataOutput>(Assert.Single(run.Cells[0].Outputs)).Data[MimeTypes.Html]);
    }

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", 1, "#!fsharp")]
    [InlineData("var a = 1;\n#!time\n", 2, "#!time")]
    [InlineData("#!share --from csharp x", 1, "#!share")]
    public void Other_magic_commands_are_refused_by_name(string source, int line, string name)
    {
        var failure = Failure(source);

        Assert.Equal(line, failure.Line);
        Assert.Equal($"magic commands are .NET Interactive's; only those that choose a language are understood here: expected #!csharp, #!html or #!markdown but got {name}", failure.Message);
    }

    [Fact]
    public void A_cell_in_another_language_is_refused()
    {
        var run = Run(Of(Cell("code", "let x = 1", """{"dotnet_interactive": {"language": "fsharp"}}""")));

        Assert.Equal("cell 1, line 1: error: a cell must be in a language that is understood here: expected C#, HTML or Markdown but got fsharp", run.Failure?.ToString());
    }
}

/// <summary>A type of an assembly that a notebook takes by its path.</summary>
public sealed class SomebodysCharts
{
    public TorchRef.Experiments.Charts.Chart? Chart { get; init; }
}
