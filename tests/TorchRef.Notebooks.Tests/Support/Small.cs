using System.Text.Json.Nodes;
using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;

namespace TorchRef.Notebooks.Tests.Support;

/// <summary>Small notebooks, and what comes of them.</summary>
internal static class Small
{
    /// <summary>A notebook of programs alone.</summary>
    public static Notebook OfCode(params string[] sources) => Notebook.Parse(Json(sources.Select(source => Cell("code", source))));

    /// <summary>A notebook of cells.</summary>
    public static Notebook Of(params JsonObject[] cells) => Notebook.Parse(Json(cells));

    /// <summary>A cell, with what else stands in its metadata.</summary>
    public static JsonObject Cell(string type, string source, string metadata = "{}")
    {
        var cell = new JsonObject { ["cell_type"] = type, ["metadata"] = JsonNode.Parse(metadata), ["source"] = source };
        if (type == "code") (cell["execution_count"], cell["outputs"]) = (null, new JsonArray());
        return cell;
    }

    public static NotebookRun Run(Notebook notebook, NotebookRunOptions? options = null, CancellationToken stop = default) =>
        NotebookRunner.RunAsync(notebook, options, stop).GetAwaiter().GetResult();

    /// <summary>Runs programs that must all succeed and gives the last one's outputs.</summary>
    public static IReadOnlyList<CellOutput> Outputs(params string[] sources)
    {
        var run = Run(OfCode(sources));
        Assert.True(run.Failure is null, run.Failure?.ToString());
        return run.Cells[^1].Outputs;
    }

    /// <summary>Runs programs, the last of which must fail, and says how.</summary>
    public static CellFailure Failure(params string[] sources)
    {
        var run = Run(OfCode(sources));
        Assert.Equal(sources.Length, run.Cells.Count);
        return Assert.IsType<CellFailure>(run.Failure);
    }

    /// <summary>The plain text of an output.</summary>
    public static string Text(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text,
        DataOutput data => data.Data[MimeTypes.Text] ?? "",
        _ => "",
    };

    private static string Json(IEnumerable<JsonObject> cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells]),
        ["metadata"] = JsonNode.Parse("""{"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}}"""),
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();
}
