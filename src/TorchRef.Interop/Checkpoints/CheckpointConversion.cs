using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>Writes a checkpoint again in another format, or a part of it.</summary>
/// <param name="Tensors">How many tensors were written, tied ones counted under each of their names.</param>
/// <param name="Tied">How many of them are other names of tensors that are there.</param>
/// <param name="LeftOut">Metadata that the new format doesn't hold.</param>
public sealed record CheckpointConversion(int Tensors, int Tied, IReadOnlyList<string> LeftOut)
{
    /// <summary>Converts a file; the new one is there whole or not at all. Element types, bits and tied tensors stay.</summary>
    /// <param name="source">A file of any of the formats.</param>
    /// <param name="target">The new file, whose extension says its format; it may be the same file.</param>
    /// <param name="key">The keys, joined by dots, that lead to the state dict to write; null for everything.</param>
    /// <param name="metadata">Texts to add to those of the source, for a safetensors file.</param>
    /// <exception cref="InvalidDataException">The source isn't a checkpoint, is damaged, or holds more than the new format can.</exception>
    /// <exception cref="ArgumentException">The target's extension isn't known, or metadata is to go into a .pth.</exception>
    /// <exception cref="NotSupportedException">The new format hasn't got a tensor's element type.</exception>
    public static CheckpointConversion Convert(string source, string target, string? key = null, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var format = FileFormat.OfName(target);
        using var scope = NewDisposeScope();
        object? root;
        Dictionary<string, string> kept;
        using (var file = CheckpointFile.Open(source))
        {
            root = file.LoadAll();
            kept = file.OwnMetadata();
        }
        if (format == CheckpointFormat.PyTorch)
        {
            if (metadata is { Count: > 0 }) throw new ArgumentException($"only safetensors files hold metadata: expected such a file or none but got {Path.GetFileName(target)}");
            Checkpoint.SaveObject(key is null ? root : StateDictTree.Follow(root, key), target);
        }
        else
        {
            foreach (var (name, text) in metadata ?? new Dictionary<string, string>()) kept[name] = text;
            Checkpoint.SaveStateDict(StateDictTree.Of(root, key), target, kept.Count == 0 ? null : kept);
        }
        using var written = CheckpointFile.Open(target);
        var tensors = written.Entries.Where(entry => entry.IsTensor).ToList();
        return new CheckpointConversion(tensors.Count, tensors.Count - tensors.Select(Identity).Distinct().Count(), format == CheckpointFormat.PyTorch ? [.. kept.Keys] : []);
    }

    /// <summary>What tied tensors have in common.</summary>
    private static object Identity(CheckpointEntry entry) =>
        entry.Source is PickledTensor { Storage.Count: > 0 } tensor ? (tensor.Storage, tensor.Offset, string.Join(",", tensor.Shape), string.Join(",", tensor.Strides)) : entry.Source!;
}
