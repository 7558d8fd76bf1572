using System.Text.Json;

namespace TorchRef.Experiments.Golden;

/// <summary>Reads golden files, strictly: a member that is unknown, missing or of another kind is an error with its place.</summary>
internal static class GoldenReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };

    public static GoldenFile Read(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Options);
        }
        catch (JsonException error)
        {
            throw new GoldenFormatException("", $"expected JSON but got {error.Message}", error);
        }
        using (document)
        {
            var root = new GoldenNode(document.RootElement, "");
            root.OnlyMembers("torch", "made_by", "cases");
            return new GoldenFile(root["torch"].Text(), root["made_by"].Text(), Cases(root["cases"]));
        }
    }

    private static List<GoldenCase> Cases(GoldenNode node)
    {
        var cases = new List<GoldenCase>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in node.Items())
        {
            var one = Case(item);
            if (!seen.Add(one.Id)) throw item.Error($"expected a name and dtype of its own but got {one.Id} again");
            cases.Add(one);
        }
        return cases;
    }

    private static GoldenCase Case(GoldenNode node)
    {
        node = node.Named(node["name"].Text());
        node.OnlyMembers("name", "module", "dtype", "config", "mode", "initial", "steps", "final", "printed", "error");
        return new GoldenCase(
            node["name"].Text(), node["module"].Text(), node["dtype"].OneOf(GoldenTensor.Dtypes), new GoldenConfig(node["config"].Object()),
            Mode(node["mode"]), Tensors(node["initial"]), [.. node["steps"].Items().Select(Step)],
            node.Find("final") is { } final ? Tensors(final) : new GoldenTensors([]), node.Find("printed")?.Text(), node["error"].TextOrNull());
    }

    private static GoldenStep Step(GoldenNode node)
    {
        node.OnlyMembers("mode", "strides", "tensors");
        if (node.Find("strides") is not { } strides) return new GoldenStep(Mode(node["mode"]), Tensors(node["tensors"]));
        strides.OnlyMembers("input", "output");
        return new GoldenStep(Mode(node["mode"]), Tensors(node["tensors"]), strides["input"].WholeNumbers(), strides["output"].WholeNumbers());
    }

    private static string Mode(GoldenNode node) => node.OneOf(["train", "eval"]);

    private static GoldenTensors Tensors(GoldenNode node) =>
        new(node.Members().Select(member => KeyValuePair.Create(member.Key, Tensor(member.Value))).ToList());

    private static GoldenTensor Tensor(GoldenNode node)
    {
        node.OnlyMembers("shape", "dtype", "data");
        var dtype = node["dtype"].OneOf(GoldenTensor.Dtypes);
        var shape = node["shape"].WholeNumbers();
        if (shape.FirstOrDefault(size => size < 0) is < 0 and var negative) throw node["shape"].Error($"expected sizes from 0 up but got {negative}");
        var tensor = new GoldenTensor(shape, dtype, node["data"].Numbers(dtype));
        if (tensor.Data.Length != tensor.Count)
            throw node["data"].Error($"expected {tensor.Count} numbers for shape [{string.Join(", ", shape)}] but got {tensor.Data.Length}");
        return tensor;
    }
}
