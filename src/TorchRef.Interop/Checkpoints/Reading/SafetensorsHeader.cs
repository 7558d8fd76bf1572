using System.Buffers.Binary;
using System.Text.Json;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A tensor as the header describes it; the offsets count from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Key, TorchSharp.torch.ScalarType Type, long[] Shape, long Begin, long End);

/// <summary>
/// The head of a safetensors file: eight bytes of length, then JSON. It comes from strangers, so everything that the
/// reading of tensors relies on is checked before the first of them is made.
/// </summary>
/// <param name="Entries">In the order of their bytes, which follow each other without gaps from the end of the header on.</param>
/// <param name="Metadata">The texts that the file holds beside its tensors.</param>
/// <param name="DataStart">Where the header ends.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    public const string MetadataKey = "__metadata__";

    /// <summary>The format's own limit; a longer header is an attack or another kind of file.</summary>
    private const long LongestHeader = 100_000_000;

    /// <exception cref="InvalidDataException">The file isn't one of safetensors, or not a whole one.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        var budget = new MemoryBudget();
        var prefix = new byte[8];
        Fill(stream, prefix, "the header's length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > LongestHeader) throw Refusal.Of("a header's length must be plausible", $"2 to {LongestHeader} bytes", length);
        if (stream.CanSeek && stream.Length - stream.Position < (long)length) throw Refusal.Of("the header must be complete", $"{length} bytes", stream.Length - stream.Position);
        budget.Spend((long)length);
        var json = new byte[length];
        Fill(stream, json, "the header");
        var (entries, metadata) = Parse(json, budget);
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != end) throw Refusal.Of($"the bytes of {Refusal.Quote(entry.Key)} must follow those before them, neither over them nor apart", $"offset {end}", entry.Begin);
            end = entry.End;
        }
        if (stream.CanSeek && stream.Length - stream.Position != end)
            throw Refusal.Of(stream.Length - stream.Position < end ? "the tensors must be complete" : "a file must end with its last tensor", $"{end} bytes after the header", stream.Length - stream.Position);
        return new SafetensorsHeader(entries, metadata, 8 + (long)length);
    }

    public static void Fill(Stream stream, Span<byte> bytes, string what)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length) throw Refusal.Of($"{what} must be complete", $"{bytes.Length} bytes", read);
    }

    private static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(byte[] json, MemoryBudget budget)
    {
        if (json[0] != (byte)'{') throw Refusal.Of("a header must be JSON", "an object", $"a first byte {json[0]:x2}");
        try
        {
            var reader = new SafetensorsJson(json, budget);
            return reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Refusal.Of("a header must be JSON", "an object", e.Message.ReplaceLineEndings(" "));
        }
    }
}
