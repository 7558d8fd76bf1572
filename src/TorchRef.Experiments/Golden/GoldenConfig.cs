using System.Text.Json;

namespace TorchRef.Experiments.Golden;

/// <summary>The constructor's arguments of a case, and how its input lies in memory. Every getter names the argument it misses.</summary>
public sealed class GoldenConfig
{
    private readonly OrderedDictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    /// <summary>The members of a JSON object.</summary>
    public GoldenConfig(JsonElement json)
    {
        foreach (var member in json.EnumerateObject()) _values.Add(member.Name, member.Value.Clone());
    }

    /// <summary>The arguments that the case gives, in the order of the file.</summary>
    public IReadOnlyList<string> Names => [.. _values.Keys];

    /// <summary>Memory layout of the input: contiguous, transposed, channels_last, strided or expanded.</summary>
    public string InputLayout => GetString("input_layout", "contiguous");

    /// <summary>Whether the case gives the argument (null counts as given).</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A number; the fallback where the case doesn't give it.</summary>
    public double GetDouble(string name, double? fallback = null) => Get(name, fallback, "a number", JsonValueKind.Number, v => v.GetDouble());

    /// <summary>A number, or null where the case says null, such as momentum for the cumulative mean.</summary>
    public double? GetDoubleOrNull(string name) => IsNull(name) ? null : GetDouble(name);

    /// <summary>A whole number; the fallback where the case doesn't give it.</summary>
    public long GetInt64(string name, long? fallback = null) => Get(name, fallback, "a whole number", JsonValueKind.Number,
        v => v.TryGetInt64(out var whole) ? whole : throw Unexpected(name, "a whole number", v));

    /// <summary>True or false; the fallback where the case doesn't give it.</summary>
    public bool GetBoolean(string name, bool? fallback = null)
    {
        if (!_values.TryGetValue(name, out var value)) return fallback ?? throw Missing(name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Unexpected(name, "true or false", value);
    }

    /// <summary>A text; the fallback where the case doesn't give it.</summary>
    public string GetString(string name, string? fallback = null)
    {
        if (!_values.TryGetValue(name, out var value)) return fallback ?? throw Missing(name);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Unexpected(name, "a text", value);
    }

    /// <summary>Numbers, such as betas or a shape; a lone number counts as one.</summary>
    public double[] GetDoubles(string name)
    {
        if (!_values.TryGetValue(name, out var value)) throw Missing(name);
        if (value.ValueKind == JsonValueKind.Number) return [value.GetDouble()];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Number))
            throw Unexpected(name, "numbers", value);
        return [.. value.EnumerateArray().Select(v => v.GetDouble())];
    }

    /// <summary>The configurations in an array of objects, such as an optimiser's parameter groups; none where the case has none.</summary>
    public IReadOnlyList<GoldenConfig> GetConfigs(string name)
    {
        if (!_values.TryGetValue(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Object))
            throw Unexpected(name, "objects", value);
        return [.. value.EnumerateArray().Select(v => new GoldenConfig(v))];
    }

    /// <summary>Texts, such as the parameters of a group.</summary>
    public string[] GetStrings(string name)
    {
        if (!_values.TryGetValue(name, out var value)) throw Missing(name);
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String))
            throw Unexpected(name, "texts", value);
        return [.. value.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>Such as <c>eps=0.001, momentum=null</c>.</summary>
    public override string ToString() => string.Join(", ", _values.Select(pair => $"{pair.Key}={pair.Value.GetRawText()}"));

    private bool IsNull(string name) => _values.TryGetValue(name, out var value) ? value.ValueKind == JsonValueKind.Null : throw Missing(name);

    private T Get<T>(string name, T? fallback, string what, JsonValueKind kind, Func<JsonElement, T> read) where T : struct
    {
        if (!_values.TryGetValue(name, out var value)) return fallback ?? throw Missing(name);
        return value.ValueKind == kind ? read(value) : throw Unexpected(name, what, value);
    }

    private KeyNotFoundException Missing(string name) =>
        new($"no such argument: expected one of {(_values.Count == 0 ? "none" : string.Join(", ", _values.Keys))} but got {name}");

    private static InvalidOperationException Unexpected(string name, string expected, JsonElement value) =>
        new($"config {name}: expected {expected} but got {value.GetRawText()}");
}
