using System.Buffers.Binary;
using System.Text.Json;

namespace TorchSharp.PyBridge;

/// <summary>A tensor as the header describes it; the offsets count from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Key, torch.ScalarType Type, long[] Shape, long Begin, long End);

/// <summary>
/// The head of a safetensors file: eight bytes of length, then JSON. It comes from strangers, so everything that the
/// reading of tensors relies on is checked before the first of them is made.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The format's own limit; a longer header is an attack or another kind of file.</summary>
    private const long LongestHeader = 100_000_000;

    private const string Metadata = "__metadata__";

    /// <summary>The entries in the order of their bytes, which follow each other without gaps from the end of the header on.</summary>
    public static List<SafetensorsEntry> Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        Fill(stream, prefix, "the header's length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > LongestHeader)
            throw Invalid("a header's length must be plausible", $"2 to {LongestHeader} bytes", length);
        var header = new byte[RequireRoom(stream, (long)length, "the header")];
        Fill(stream, header, "the header");
        var entries = Parse(header);
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != end) throw Invalid($"the bytes of '{entry.Key}' must follow those before them, neither over them nor apart", $"offset {end}", entry.Begin);
            end = entry.End;
        }
        RequireRoom(stream, end, "the tensors");
        if (stream.CanSeek && stream.Length - stream.Position != end)
            throw Invalid("a file must end with its last tensor", $"{end} bytes after the header", stream.Length - stream.Position);
        return entries;
    }

    public static InvalidDataException Invalid(string rule, string expected, object got) => new($"{rule}: expected {expected} but got {got}");

    public static void Fill(Stream stream, Span<byte> bytes, string what)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length) throw Invalid($"{what} must be complete", $"{bytes.Length} bytes", read);
    }

    /// <summary>Sizes are believed only when the file is that long, so that a lie can't take memory.</summary>
    private static long RequireRoom(Stream stream, long bytes, string what)
    {
        if (stream.CanSeek && stream.Length - stream.Position < bytes)
            throw Invalid($"{what} must be complete", $"{bytes} bytes", stream.Length - stream.Position);
        return bytes;
    }

    private static List<SafetensorsEntry> Parse(byte[] header)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(header);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"a header must be JSON: expected an object but got {e.Message}", e);
        }
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Invalid("a header must be JSON", "an object", document.RootElement.ValueKind);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var entries = new List<SafetensorsEntry>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!seen.Add(property.Name)) throw Invalid("a name must be there once", $"one '{property.Name}'", "two");
                if (property.Name != Metadata) entries.Add(Entry(property.Name, property.Value));
            }
            return entries;
        }
    }

    private static SafetensorsEntry Entry(string key, JsonElement json)
    {
        var dtype = Member(key, json, "dtype");
        var name = dtype.ValueKind == JsonValueKind.String ? dtype.GetString()! : dtype.GetRawText();
        var (type, size) = SafetensorsType.Find(name) ?? throw Invalid($"'{key}' must have a known dtype", $"one of {SafetensorsType.Names}", name);
        var shape = Integers(key, json, "shape");
        var offsets = Integers(key, json, "data_offsets");
        if (offsets.Length != 2 || offsets[1] < offsets[0])
            throw Invalid($"data_offsets of '{key}' must be a begin and an end", "two ascending numbers", $"[{string.Join(", ", offsets)}]");
        var bytes = (UInt128)size;
        foreach (var dimension in shape)
            if ((bytes *= (UInt128)dimension) > long.MaxValue)
                throw Invalid($"the shape of '{key}' must be one that memory can hold", "below 2^63 bytes", $"[{string.Join(", ", shape)}]");
        if (bytes != (UInt128)(offsets[1] - offsets[0]))
            throw Invalid($"the bytes of '{key}' must be those of its shape [{string.Join(", ", shape)}] of {name}", $"{bytes}", offsets[1] - offsets[0]);
        return new(key, type, shape, offsets[0], offsets[1]);
    }

    private static JsonElement Member(string key, JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member
            : throw Invalid($"'{key}' must be described", $"an object with {name}", json.GetRawText());

    private static long[] Integers(string key, JsonElement json, string name)
    {
        var array = Member(key, json, name);
        if (array.ValueKind != JsonValueKind.Array) throw Invalid($"{name} of '{key}' must be a list", "numbers", array.GetRawText());
        return array.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var value) && value >= 0 ? value
                : throw Invalid($"{name} of '{key}' must be sizes", "integers from 0 on", item.GetRawText())).ToArray();
    }
}
