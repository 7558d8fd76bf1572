using System.Text.Json.Nodes;

namespace TorchRef.Notebooks.Documents;

/// <summary>One value in several forms, by MIME type; a reader shows the richest that it can.</summary>
public sealed class MimeBundle
{
    private readonly SortedDictionary<string, string> _forms = new(StringComparer.Ordinal);

    /// <param name="forms">MIME types and texts. Binary forms are in base64, JSON forms are JSON.</param>
    public MimeBundle(params IEnumerable<KeyValuePair<string, string>> forms)
    {
        foreach (var (type, text) in forms) _forms[type] = text;
    }

    /// <summary>The forms, sorted by type.</summary>
    public IReadOnlyDictionary<string, string> Forms => _forms;

    /// <summary>A form, or null where there is none of this type.</summary>
    public string? this[string type] => _forms.GetValueOrDefault(type);

    /// <summary>Reads what nbformat calls a mimebundle.</summary>
    internal static MimeBundle Read(JsonObject data, string place) =>
        new(data.Select(form => KeyValuePair.Create(form.Key, IsJson(form.Key) ? form.Value?.ToJsonString() ?? "null" : Lines.Read(form.Value, $"{place}.{form.Key}"))));

    internal JsonObject ToJson() =>
        new(_forms.Select(form => KeyValuePair.Create(form.Key, IsJson(form.Key) ? JsonNode.Parse(form.Value) : Lines.Write(form.Value))));

    private static bool IsJson(string type) => type == "application/json" || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal));
}
