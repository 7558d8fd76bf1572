using System.Text.Json;
using System.Text.Json.Nodes;

namespace TorchRef.Notebooks.Documents;

/// <summary>Parts of a file that may be anything.</summary>
internal static class JsonNodes
{
    /// <summary>The string that a node is; null if it is something else.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The whole number that a node is; null if it is something else.</summary>
    public static int? Number(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>A member of a member; null where one of them is missing or something else.</summary>
    public static JsonNode? At(this JsonObject root, string outer, string inner) => root[outer] is JsonObject members ? members[inner] : null;

    /// <summary>What a node is, in JSON's words.</summary>
    public static string Kind(this JsonNode? node) => node?.GetValueKind() switch
    {
        null => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };
}
