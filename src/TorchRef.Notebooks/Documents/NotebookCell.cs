using System.Text.Json.Nodes;

namespace TorchRef.Notebooks.Documents;

/// <summary>A cell of a notebook: a view of its place in the file, so that what isn't understood is kept.</summary>
public sealed class NotebookCell
{
    /// <summary>Says that the cell may end in an error: the rest is run all the same.</summary>
    private const string MayFail = "raises-exception";

    private readonly JsonObject _json;
    private readonly string _place;

    internal NotebookCell(JsonNode? node, int index)
    {
        _place = $"cells[{index}]";
        Number = index + 1;
        _json = node as JsonObject ?? throw new NotebookFormatException($"a cell must be an object: expected one at {_place} but got {node.Kind()}");
        Kind = _json["cell_type"].Text() switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw new NotebookFormatException($"a cell must be of a kind that nbformat 4 has: expected code, markdown or raw at {_place}.cell_type but got {other ?? "none"}"),
        };
        Source = Lines.Read(_json["source"], $"{_place}.source");
        Outputs = Kind != CellKind.Code ? [] : _json["outputs"] switch
        {
            null => [],
            JsonArray outputs => [.. outputs.Select((output, i) => CellOutput.Read(output, $"{_place}.outputs[{i}]"))],
            var other => throw new NotebookFormatException($"outputs must be a list: expected one at {_place}.outputs but got {other.Kind()}"),
        };
    }

    /// <summary>Its place in the notebook, from 1, texts counted.</summary>
    public int Number { get; }

    /// <summary>What it holds.</summary>
    public CellKind Kind { get; }

    /// <summary>Its program or text.</summary>
    public string Source { get; }

    /// <summary>What its last run brought forth.</summary>
    public IReadOnlyList<CellOutput> Outputs { get; private set; }

    /// <summary>Which run of the kernel that was; null where it wasn't run.</summary>
    public int? ExecutionCount => _json["execution_count"].Number();

    /// <summary>Whether the cell is expected to end in an error (Jupyter's tag <c>raises-exception</c>).</summary>
    public bool MayThrow => Tags.Contains(MayFail, StringComparer.Ordinal);

    /// <summary>The tags that its author gave it.</summary>
    public IReadOnlyList<string> Tags =>
        _json.At("metadata", "tags") is JsonArray tags ? [.. tags.Select((tag, i) => Lines.Read(tag, $"{_place}.metadata.tags[{i}]"))] : [];

    /// <summary>The language that the cell itself names, as .NET Interactive's editors write it; null where it names none.</summary>
    public string? Language =>
        _json["metadata"] is JsonObject metadata ? (metadata.At("polyglot_notebook", "kernelName") ?? metadata.At("dotnet_interactive", "language") ?? metadata.At("vscode", "languageId")).Text() : null;

    /// <summary>Puts other outputs in the place of the cell's.</summary>
    internal void Replace(IReadOnlyList<CellOutput> outputs, int? executionCount)
    {
        Outputs = outputs;
        // Set in place, so that the members keep the order that the file has them in.
        _json["execution_count"] = executionCount;
        _json["outputs"] = new JsonArray([.. outputs.Select(output => (JsonNode)output.ToJson())]);
    }
}
