using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TorchRef.Notebooks.Documents;

/// <summary>A notebook in the format nbformat 4 (<c>.ipynb</c>), whose programs are C#.</summary>
/// <remarks>
/// Only outputs and execution counts ever change; everything else is written as it was read: unknown members, the order of
/// members, the indentation. The same outputs give the same bytes.
/// </remarks>
public sealed class Notebook
{
    /// <summary>The version of the format that is read and written.</summary>
    private const int Format = 4;

    /// <summary>Files deeper than this are no notebooks.</summary>
    private const int Deepest = 64;

    private readonly JsonObject _root;
    private readonly int _indent;
    private readonly string _end;

    private Notebook(JsonObject root, string text)
    {
        _root = root;
        _indent = Indent(text);
        _end = text.EndsWith('\n') ? "\n" : "";
        var version = root["nbformat"].Number();
        if (version != Format)
            throw new NotebookFormatException($"a notebook must be of the format nbformat {Format}: expected \"nbformat\": {Format} but got {version?.ToString(CultureInfo.InvariantCulture) ?? "none"}{(version < Format ? " (jupyter nbconvert --to notebook makes a new one of an old one)" : "")}");
        if (root["cells"] is not JsonArray cells) throw new NotebookFormatException($"a notebook must have cells: expected a list at cells but got {root["cells"].Kind()}");
        Cells = [.. cells.Select((cell, i) => new NotebookCell(cell, i))];
    }

    /// <summary>The cells, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The language that the notebook names for its programs; null where it names none.</summary>
    public string? Language => _root["metadata"] is JsonObject metadata ? (metadata.At("kernelspec", "language") ?? metadata.At("language_info", "name") ?? metadata.At("kernelspec", "name")).Text() : null;

    /// <summary>The first heading; null where there is none.</summary>
    public string? Title => Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => cell.Source.Split('\n'))
        .Where(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..].Trim()).FirstOrDefault();

    /// <summary>Reads a file.</summary>
    /// <exception cref="NotebookFormatException">It isn't a notebook; the message names the file and what is wrong.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static Notebook Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (NotebookFormatException error)
        {
            throw new NotebookFormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="NotebookFormatException">It isn't a notebook.</exception>
    public static Notebook Parse(string json)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = Deepest });
        }
        catch (JsonException error)
        {
            throw new NotebookFormatException($"a notebook must be JSON: expected JSON but got, in line {error.LineNumber + 1}, {error.Message.Split(" LineNumber:")[0]}", error);
        }
        if (root is not JsonObject members) throw new NotebookFormatException($"a notebook must be an object: expected one but got {root.Kind()}");
        try
        {
            return new Notebook(members, json);
        }
        catch (ArgumentException error) when (error.Message.Contains("same key", StringComparison.Ordinal))
        {
            throw new NotebookFormatException($"an object's members must have names of their own: {error.Message}", error);
        }
    }

    /// <summary>The text of the file, in the indentation that it was read in.</summary>
    public string ToJson() => JsonText.Write(_root, _indent, Deepest) + _end;

    /// <summary>The spaces before the first member; 0 if all is in one line.</summary>
    private static int Indent(string text)
    {
        var line = text.IndexOf('\n') + 1;
        return line == 0 ? 0 : text.AsSpan(line).IndexOfAnyExcept(' ') is var spaces and > 0 ? Math.Min(spaces, 8) : 1;
    }
}
