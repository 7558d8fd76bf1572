using TorchRef.Interop.Checkpoints.Reading;
using TorchRef.Interop.Checkpoints.Writing;

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
            return ReadTensors(stream, SafetensorsHeader.Read(stream).Entries, keysToKeep?.ToHashSet(StringComparer.Ordinal));
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
            SafetensorsWriter.Write(stream, stateDict, metadata: null);
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    /// <summary>Reads a tensor for each entry that is wanted. On the way an error leaves none of them behind.</summary>
    internal static Dictionary<string, torch.Tensor> ReadTensors(Stream stream, IReadOnlyList<SafetensorsEntry> entries, IReadOnlySet<string>? wanted)
    {
        var tensors = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        var skipped = new byte[Chunk];
        try
        {
            foreach (var entry in entries)
            {
                if (wanted is null || wanted.Contains(entry.Key))
                {
                    tensors.Add(entry.Key, SafetensorsFile.Read(stream, entry));
                    continue;
                }
                for (var left = entry.End - entry.Begin; left > 0; left -= Chunk)
                    SafetensorsHeader.Fill(stream, skipped.AsSpan(0, (int)Math.Min(left, Chunk)), Refusal.Quote(entry.Key));
            }
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw;
        }
    }
}
