using TorchRef.Interop.Checkpoints.Reading;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>Tied tensors in safetensors files, which can't share memory.</summary>
/// <remarks>
/// As safetensors' save_model does: of names for the same tensor the first in alphabetical order holds it, and the metadata
/// say of each other name which that is. Tensors that overlap without being the same are written each in full.
/// </remarks>
internal static class TiedNames
{
    /// <summary>A key that says in many files which framework wrote them; never the name of a tied tensor.</summary>
    private const string Framework = "format";

    /// <summary>The other names of the file's tensors, each with the tensor.</summary>
    public static IEnumerable<KeyValuePair<string, SafetensorsEntry>> Of(SafetensorsFile file)
    {
        var tensors = file.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        foreach (var (name, kept) in file.Metadata)
            if (name != Framework && !tensors.ContainsKey(name) && tensors.TryGetValue(kept, out var entry)) yield return new(name, entry);
    }

    /// <summary>The tensors to write, and for each name that is left out the name that stands for it.</summary>
    public static (OrderedDictionary<string, Tensor> Kept, SortedDictionary<string, string> LeftOut) Split(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var all = tensors.ToList();
        var stored = Writing.StoredTensors.Of(all.Select(pair => pair.Value));
        var kept = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        var leftOut = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var same in all.GroupBy(pair => Identity(stored[pair.Value])))
        {
            var names = same.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
            kept.Add(names[0].Key, names[0].Value);
            foreach (var (name, _) in names.Skip(1)) leftOut.Add(name, names[0].Key);
        }
        return (kept, leftOut);
    }

    private static (Writing.StoredMemory, long, string) Identity(Writing.StoredTensor tensor) =>
        (tensor.Memory, tensor.Offset, $"{string.Join(",", tensor.Shape)};{string.Join(",", tensor.Strides)}");
}
