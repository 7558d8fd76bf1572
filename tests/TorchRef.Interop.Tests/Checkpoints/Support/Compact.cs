using System.Text.Json.Nodes;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>A description without how tensors lie in memory, which changes when a file is written without gaps.</summary>
internal static class Compact
{
    public static JsonNode Of(JsonNode words) => words switch
    {
        JsonObject item => new JsonObject(item.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Key == "tensor" ? Tensor(pair.Value!.AsArray()) : Of(pair.Value!)))),
        JsonArray list => new JsonArray([.. list.Select(item => Of(item!))]),
        _ => words.DeepClone(),
    };

    private static JsonArray Tensor(JsonArray words) => new([.. words.Where((_, place) => place is 0 or 1 or 3).Select(word => word!.DeepClone())]);
}
