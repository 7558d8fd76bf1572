using System.Text.Json;

namespace TorchRef.Experiments.Golden;

/// <summary>A value of a golden file together with its place, for messages.</summary>
internal readonly record struct GoldenNode(JsonElement Json, string Where)
{
    public GoldenNode this[string member] => Find(member) ?? throw Error($"expected a member {member} but got {Describe()}");

    public GoldenFormatException Error(string problem) => new(Where, problem);

    /// <summary>The same value under a better name than its index.</summary>
    public GoldenNode Named(string name) => this with { Where = $"{Where[..Where.LastIndexOf('/')]}/{name}" };

    public GoldenNode? Find(string member) =>
        Object().TryGetProperty(member, out var value) ? new GoldenNode(value, Below(member)) : null;

    public JsonElement Object() => Json.ValueKind == JsonValueKind.Object ? Json : throw Error($"expected an object but got {Describe()}");

    public IEnumerable<KeyValuePair<string, GoldenNode>> Members()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in Object().EnumerateObject())
        {
            if (!seen.Add(member.Name)) throw Error($"expected each member once but got {member.Name} again");
            yield return KeyValuePair.Create(member.Name, new GoldenNode(member.Value, Below(member.Name)));
        }
    }

    public void OnlyMembers(params ReadOnlySpan<string> known)
    {
        foreach (var member in Members())
            if (!known.Contains(member.Key)) throw Error($"expected only the members {string.Join(", ", known.ToArray())} but got {member.Key}");
    }

    public IEnumerable<GoldenNode> Items()
    {
        if (Json.ValueKind != JsonValueKind.Array) throw Error($"expected an array but got {Describe()}");
        var where = Where;
        return Json.EnumerateArray().Select((item, index) => new GoldenNode(item, $"{where}/{index}"));
    }

    public string Text() => Json.ValueKind == JsonValueKind.String ? Json.GetString()! : throw Error($"expected a text but got {Describe()}");

    public string? TextOrNull() => Json.ValueKind == JsonValueKind.Null ? null : Text();

    public string OneOf(IReadOnlyList<string> known)
    {
        var text = Text();
        return known.Contains(text) ? text : throw Error($"expected one of {string.Join(", ", known)} but got {text}");
    }

    public long[] WholeNumbers() => [.. Items().Select(item => item.WholeNumber())];

    public double[] Numbers(string dtype)
    {
        if (Json.ValueKind != JsonValueKind.Array) throw Error($"expected an array but got {Describe()}");
        var numbers = new double[Json.GetArrayLength()];
        var index = 0;
        foreach (var item in Json.EnumerateArray())
        {
            numbers[index] = new GoldenNode(item, Where).Number(dtype) ?? throw new GoldenFormatException($"{Where}/{index}",
                $"expected a {dtype} number but got {item.GetRawText()}");
            index++;
        }
        return numbers;
    }

    private long WholeNumber() => Json.ValueKind == JsonValueKind.Number && Json.TryGetInt64(out var whole)
        ? whole
        : throw Error($"expected a whole number but got {Describe()}");

    private double? Number(string dtype)
    {
        if (Json.ValueKind == JsonValueKind.Number)
        {
            // Beyond 2^53 a double couldn't hold the whole number.
            if (dtype == "int64") return Json.TryGetInt64(out var whole) && (long)(double)whole == whole ? whole : null;
            var value = dtype == "float64" ? Json.GetDouble() : Json.GetSingle();
            return double.IsFinite(value) ? value : null;
        }
        if (Json.ValueKind != JsonValueKind.String || dtype == "int64") return null;
        return Json.GetString() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => null,
        };
    }

    private string Below(string member) => Where.Length == 0 ? member : $"{Where}/{member}";

    private string Describe() => Json.ValueKind switch
    {
        JsonValueKind.Object => $"an object of {string.Join(", ", Json.EnumerateObject().Select(m => m.Name))}",
        JsonValueKind.Array => $"an array of {Json.GetArrayLength()}",
        _ => Json.GetRawText(),
    };
}
