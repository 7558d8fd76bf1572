using System.Text.Json.Nodes;

namespace TorchRef.Notebooks.Documents;

/// <summary>Texts as nbformat keeps them: a list of lines, each with its line break, or one string.</summary>
internal static class Lines
{
    /// <exception cref="NotebookFormatException">It is neither.</exception>
    public static string Read(JsonNode? node, string place)
    {
        if (node.Text() is { } text) return text;
        if (node is not JsonArray lines) throw new NotebookFormatException($"a text must be a string or a list of strings: expected one of them at {place} but got {node.Kind()}");
        return string.Concat(lines.Select((line, i) => line.Text() ?? throw new NotebookFormatException($"a line of text must be a string: expected one at {place}[{i}] but got {line.Kind()}")));
    }

    public static JsonArray Write(string text) => new([.. Split(text).Select(line => (JsonNode)line)]);

    private static IEnumerable<string> Split(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            yield return text[start..end];
            start = end;
        }
    }
}
