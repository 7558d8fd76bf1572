using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Writing;

/// <summary>Writes safetensors files as the reference implementation does: the largest alignment first, then by name.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A tensor under its name.</summary>
    private sealed record Item(string Key, Tensor Tensor, string Type, int Rank)
    {
        public long Bytes { get; } = Tensor.numel() * Tensor.ElementSize;
    }

    /// <param name="stream">Where to; it need not seek.</param>
    /// <param name="tensors">The tensors by name. The format has no shared memory: each is written whole.</param>
    /// <param name="metadata">Texts to hold beside them, or null for none.</param>
    /// <exception cref="NotSupportedException">A tensor's elements aren't ones that the format has.</exception>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var noGraph = no_grad();
        var items = Sorted(tensors);
        var header = Header(items, metadata);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (var item in items)
        {
            using var scope = NewDisposeScope();
            MemoryBytes.Write(stream, item.Tensor.detach().cpu().resolve_conj().resolve_neg().contiguous().view(-1)); // [elements]
        }
    }

    private static List<Item> Sorted(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var items = new List<Item>();
        foreach (var (key, tensor) in tensors)
        {
            var (type, rank) = SafetensorsType.Of(tensor.dtype, key);
            if (key == SafetensorsHeader.MetadataKey) throw new ArgumentException($"a tensor's name must not be the format's own: expected another but got {key}");
            if (tensor.is_sparse || tensor.is_meta) throw new NotSupportedException($"a checkpoint holds dense tensors: expected one for {Refusal.Quote(key)} but got a {(tensor.is_sparse ? "sparse" : "meta")} tensor");
            items.Add(new Item(key, tensor, type, rank));
        }
        items.Sort((a, b) => a.Rank != b.Rank ? b.Rank.CompareTo(a.Rank) : string.CompareOrdinal(a.Key, b.Key));
        return items;
    }

    private static byte[] Header(List<Item> items, IReadOnlyDictionary<string, string>? metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, s_json))
        {
            writer.WriteStartObject();
            if (metadata is not null)
            {
                writer.WriteStartObject(SafetensorsHeader.MetadataKey);
                // Python leaves the order to chance; here the same state is to give the same file.
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) writer.WriteString(key, value);
                writer.WriteEndObject();
            }
            var offset = 0L;
            foreach (var item in items)
            {
                writer.WriteStartObject(item.Key);
                writer.WriteString("dtype", item.Type);
                Integers(writer, "shape", item.Tensor.shape);
                Integers(writer, "data_offsets", offset, offset += item.Bytes);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        // Spaces, as the format allows, so that readers can map the tensors where they are.
        while (json.Length % Alignment != 0) json.WriteByte((byte)' ');
        return json.ToArray();
    }

    private static void Integers(Utf8JsonWriter writer, string name, params ReadOnlySpan<long> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}
