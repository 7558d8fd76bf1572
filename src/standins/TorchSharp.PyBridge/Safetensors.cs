using System.Buffers.Binary;
using System.Text.Json;

namespace TorchSharp.PyBridge;

/// <summary>State dicts as safetensors files: a JSON header, then the tensors' bytes, one after another.</summary>
public static class Safetensors
{
    private const int Chunk = 1 << 20;

    public static Dictionary<string, torch.Tensor> LoadStateDict(string path, List<string>? keysToKeep = null)
    {
        using var stream = File.OpenRead(path);
        return LoadStateDict(stream, leaveOpen: true, keysToKeep);
    }

    /// <summary>Reads the tensors, or those named in <paramref name="keysToKeep"/>, onto the CPU.</summary>
    /// <exception cref="InvalidDataException">The stream isn't a safetensors file, or not a whole one.</exception>
    public static Dictionary<string, torch.Tensor> LoadStateDict(Stream stream, bool leaveOpen = false, List<string>? keysToKeep = null)
    {
        try
        {
            return ReadTensors(stream, SafetensorsHeader.Read(stream), keysToKeep?.ToHashSet(StringComparer.Ordinal));
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    public static void SaveStateDict(string path, Dictionary<string, torch.Tensor> stateDict)
    {
        using var stream = File.Create(path);
        SaveStateDict(stream, stateDict, leaveOpen: true);
    }

    public static void SaveStateDict(Stream stream, Dictionary<string, torch.Tensor> stateDict, bool leaveOpen = false)
    {
        try
        {
            Span<byte> prefix = stackalloc byte[8];
            var header = Header(stateDict);
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            foreach (var tensor in stateDict.Values) Write(stream, tensor);
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    /// <summary>Reads a tensor for each entry that is wanted. On the way an error leaves none of them behind.</summary>
    internal static Dictionary<string, torch.Tensor> ReadTensors(Stream stream, List<SafetensorsEntry> entries, IReadOnlySet<string>? wanted)
    {
        var tensors = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        var skipped = new byte[Chunk];
        try
        {
            foreach (var entry in entries)
            {
                if (wanted is null || wanted.Contains(entry.Key))
                {
                    var tensor = torch.empty(entry.Shape, dtype: entry.Type);
                    tensors.Add(entry.Key, tensor);
                    SafetensorsHeader.Fill(stream, tensor.bytes, $"'{entry.Key}'");
                    continue;
                }
                for (var left = entry.End - entry.Begin; left > 0; left -= Chunk)
                    SafetensorsHeader.Fill(stream, skipped.AsSpan(0, (int)Math.Min(left, Chunk)), $"'{entry.Key}'");
            }
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw;
        }
    }

    private static byte[] Header(Dictionary<string, torch.Tensor> stateDict)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            var offset = 0L;
            foreach (var (key, tensor) in stateDict)
            {
                writer.WriteStartObject(key);
                writer.WriteString("dtype", SafetensorsType.NameOf(tensor.dtype, key));
                WriteIntegers(writer, "shape", tensor.shape);
                var end = offset + tensor.NumberOfElements * tensor.ElementSize;
                WriteIntegers(writer, "data_offsets", offset, end);
                writer.WriteEndObject();
                offset = end;
            }
            writer.WriteEndObject();
        }
        // Spaces up to a multiple of 8, as the format allows, so that readers can map the tensors where they are.
        while (json.Length % 8 != 0) json.WriteByte((byte)' ');
        return json.ToArray();
    }

    private static void WriteIntegers(Utf8JsonWriter writer, string name, params ReadOnlySpan<long> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }

    private static void Write(Stream stream, torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        stream.Write(tensor.detach().cpu().contiguous().bytes);
    }
}
