using System.Text.Json.Nodes;
using TorchRef.Interop.Checkpoints;
using TorchRef.Interop.Tests.Checkpoints.Support;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

/// <summary>Every state dict that is written here goes to a Python of this machine and comes back.</summary>
public class PythonRoundTripTests
{
    [SkippableFact]
    public void Python_reads_what_is_written_here_and_what_it_writes_of_that_is_read_here_bit_for_bit()
    {
        PythonTorch.Require();
        using var folder = new Folder();
        using var scope = NewDisposeScope();
        var specimens = Modules.OfTorch().Concat(Modules.OfTorchRef()).Concat(Tensors.OfTypes()).Concat(Tensors.OfLayouts()).Concat(Tensors.OfValues()).Concat(Optimizers.OfTorchRef()).Concat(Optimizers.OfTorch()).ToList();
        Assert.InRange(specimens.Count, 80, 200);
        foreach (var specimen in specimens) specimen.Save(folder[specimen.Name + ".pth"]);

        var wrong = Ask(folder, specimens.Select(Entry));
        foreach (var specimen in specimens)
            foreach (var format in new[] { "zip_", "old_" })
            {
                var (sent, back) = (Description.Of(specimen.Value), Description.Of(Checkpoint.LoadObject(folder[format + specimen.Name + ".pth"])));
                if (!JsonNode.DeepEquals(sent, back)) wrong.Add($"{format}{specimen.Name}: expected {sent.ToJsonString()} but got {back.ToJsonString()}");
            }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SkippableFact]
    public void Python_reads_safetensors_files_too()
    {
        PythonTorch.Require();
        using var folder = new Folder();
        using var scope = NewDisposeScope();
        var specimens = Modules.OfTorch().Concat(Modules.OfTorchRef()).Concat(Tensors.OfTypes()).Concat(Tensors.OfLayouts()).Where(specimen => specimen.Name is not ("type_complex128" or "tied")).ToList();
        foreach (var specimen in specimens) specimen.Save(folder[specimen.Name + ".safetensors"]);
        Assert.Empty(Ask(folder, specimens.Select(specimen => new JsonObject { ["file"] = specimen.Name + ".safetensors", ["expected"] = Description.Of(Sorted((OrderedDict)specimen.Value!)) })));
    }

    private static JsonObject Entry(Specimen specimen)
    {
        var entry = new JsonObject { ["file"] = specimen.Name + ".pth", ["expected"] = Description.Of(specimen.Value), ["safe"] = specimen.IsSafe };
        if (specimen.Module is not null) entry["module"] = specimen.Module;
        if (specimen.Optimizer is not null) entry["optimizer"] = specimen.Optimizer;
        return entry;
    }

    private static List<string> Ask(Folder folder, IEnumerable<JsonObject> entries)
    {
        File.WriteAllText(folder["manifest.json"], new JsonArray([.. entries]).ToJsonString());
        return [.. JsonNode.Parse(PythonTorch.Script("peer.py", folder.ToString()))!.AsObject().SelectMany(file => file.Value!.AsArray().Select(wrong => $"{file.Key}: {wrong}"))];
    }

    private static OrderedDictionary<object, object?> Sorted(OrderedDict state)
    {
        var sorted = new OrderedDictionary<object, object?>();
        foreach (var (key, value) in state.OrderBy(pair => Codepoints((string)pair.Key), StringComparer.Ordinal)) sorted.Add(key, value);
        return sorted;
    }

    /// <summary>Sorts as Python does: by code points, not by UTF-16.</summary>
    private static string Codepoints(string text) => Convert.ToHexString(System.Text.Encoding.BigEndianUnicode.GetBytes(string.Concat(text.EnumerateRunes().Select(rune => $"{rune.Value:x6}"))));
}
