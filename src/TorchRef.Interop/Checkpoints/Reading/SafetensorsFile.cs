using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A safetensors file, whose header has been read; the tensors' elements stay in the file until they are asked for.</summary>
internal sealed class SafetensorsFile(Stream stream, SafetensorsHeader header)
{
    public IReadOnlyList<SafetensorsEntry> Entries => header.Entries;

    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <exception cref="InvalidDataException">The file isn't one of safetensors, or not a whole one.</exception>
    public static SafetensorsFile Open(Stream stream)
    {
        stream.Position = 0;
        return new SafetensorsFile(stream, SafetensorsHeader.Read(stream));
    }

    /// <summary>The tensor on the CPU.</summary>
    public Tensor Load(SafetensorsEntry entry)
    {
        stream.Position = header.DataStart + entry.Begin;
        return Read(stream, entry);
    }

    /// <summary>Reads the tensor whose bytes come next.</summary>
    public static Tensor Read(Stream stream, SafetensorsEntry entry)
    {
        using var elements = empty([(entry.End - entry.Begin) / TorchNames.SizeOf(entry.Type)], dtype: entry.Type, device: CPU); // [elements]
        ElementBytes.Fill(elements, entry.Type, bigEndian: false, bytes => SafetensorsHeader.Fill(stream, bytes, Refusal.Quote(entry.Key)), Refusal.Quote(entry.Key));
        return elements.view(entry.Shape); // its shape
    }
}
