using System.Text.Json.Nodes;

namespace TorchRef.Notebooks.Documents;

/// <summary>Something that a cell brought forth.</summary>
public abstract record CellOutput
{
    internal CellOutput()
    {
    }

    /// <summary>Which kind it is, in nbformat's words.</summary>
    public abstract string Kind { get; }

    internal abstract JsonObject ToJson();

    /// <exception cref="NotebookFormatException">It is none of the four kinds, or a part is missing.</exception>
    internal static CellOutput Read(JsonNode? node, string place)
    {
        if (node is not JsonObject output) throw new NotebookFormatException($"an output must be an object: expected one at {place} but got {node.Kind()}");
        return output["output_type"].Text() switch
        {
            StreamOutput.StreamKind => new StreamOutput(Lines.Read(output["name"], $"{place}.name"), Lines.Read(output["text"], $"{place}.text")),
            DataOutput.DisplayKind => new DataOutput(Data(output, place), null),
            DataOutput.ResultKind => new DataOutput(Data(output, place), output["execution_count"].Number() ?? 0),
            ErrorOutput.ErrorKind => new ErrorOutput(Lines.Read(output["ename"], $"{place}.ename"), Lines.Read(output["evalue"], $"{place}.evalue"), string.Join('\n', Traceback(output, place))),
            var other => throw new NotebookFormatException($"an output must be of a kind that nbformat 4 has: expected stream, display_data, execute_result or error at {place} but got {other ?? "none"}"),
        };
    }

    private static MimeBundle Data(JsonObject output, string place) => output["data"] is JsonObject data
        ? MimeBundle.Read(data, $"{place}.data")
        : throw new NotebookFormatException($"an output that shows a value must have it: expected an object at {place}.data but got {output["data"].Kind()}");

    private static IEnumerable<string> Traceback(JsonObject output, string place) =>
        output["traceback"] is JsonArray lines ? lines.Select((line, i) => Lines.Read(line, $"{place}.traceback[{i}]")) : [];
}

/// <summary>Text that was written to the console.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput
{
    internal const string StreamKind = "stream";

    /// <inheritdoc />
    public override string Kind => StreamKind;

    internal override JsonObject ToJson() => new() { ["name"] = Name, ["output_type"] = Kind, ["text"] = Lines.Write(Text) };
}

/// <summary>A value that was shown.</summary>
/// <param name="Data">Its forms.</param>
/// <param name="ExecutionCount">The number of its cell if it is the value of the cell's last expression; null if it was displayed on the way.</param>
public sealed record DataOutput(MimeBundle Data, int? ExecutionCount) : CellOutput
{
    internal const string DisplayKind = "display_data";
    internal const string ResultKind = "execute_result";

    /// <inheritdoc />
    public override string Kind => ExecutionCount is null ? DisplayKind : ResultKind;

    internal override JsonObject ToJson()
    {
        var json = new JsonObject { ["data"] = Data.ToJson() };
        if (ExecutionCount is { } count) json["execution_count"] = count;
        json["metadata"] = new JsonObject();
        json["output_type"] = Kind;
        return json;
    }
}

/// <summary>An error that ended the cell.</summary>
/// <param name="Name">Its kind: the exception's type, or the compiler's number.</param>
/// <param name="Value">Its message.</param>
/// <param name="Traceback">Where it came from, in lines.</param>
public sealed record ErrorOutput(string Name, string Value, string Traceback) : CellOutput
{
    internal const string ErrorKind = "error";

    /// <inheritdoc />
    public override string Kind => ErrorKind;

    internal override JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Value,
        ["output_type"] = Kind,
        ["traceback"] = new JsonArray([.. Traceback.Split('\n').Select(line => (JsonNode)line)]),
    };
}
