using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TorchRef.Interop.Checkpoints;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Says in JSON what a value holds, bit for bit, in the same words as tests/golden/checkpoints/describe.py.</summary>
internal sealed class Description
{
    private readonly Dictionary<nint, int> _memories = [];

    public static JsonNode Of(object? value) => new Description().Value(value);

    private JsonNode Value(object? value) => value switch
    {
        null => "none",
        Tensor tensor => OfTensor(tensor),
        OrderedDict dict => dict.Attributes is null ? Items("ordered", dict) : new JsonObject { ["ordered"] = Items("ordered", dict)["ordered"]!.DeepClone(), ["attributes"] = Value(dict.Attributes) },
        OrderedDictionary<object, object?> dict => Items("dict", dict),
        long[] size => new JsonObject { ["size"] = Numbers(size) },
        List<object?> list => new JsonObject { ["list"] = Array(list) },
        byte[] bytes => $"bytes {Convert.ToHexStringLower(bytes)}",
        object?[] tuple => new JsonObject { ["tuple"] = Array(tuple) },
        bool flag => $"bool {flag}",
        long or BigInteger => $"int {value}",
        double number => $"float {Hex(number)}",
        string text => $"str {text}",
        ScalarType type => $"dtype {NameOf(type)}",
        _ => throw new NotSupportedException($"no words for {value.GetType()}"),
    };

    private JsonObject Items(string kind, OrderedDictionary<object, object?> dict) =>
        new() { [kind] = new JsonArray([.. dict.Select(item => (JsonNode)new JsonArray(Value(item.Key), Value(item.Value)))]) };

    private JsonArray Array(IEnumerable<object?> items) => new([.. items.Select(Value)]);

    private static JsonArray Numbers(IEnumerable<long> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);

    private JsonObject OfTensor(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var elements = tensor.detach().resolve_conj().resolve_neg().contiguous();
        var digest = Convert.ToHexStringLower(SHA256.HashData(elements.bytes))[..16];
        var memory = tensor.numel() == 0 ? -1 : Number(tensor);
        return new JsonObject { ["tensor"] = new JsonArray(NameOf(tensor.dtype), Numbers(tensor.shape), Numbers(tensor.numel() == 0 ? [] : tensor.stride()), digest, memory) };
    }

    private unsafe int Number(Tensor tensor)
    {
        nint start;
        fixed (byte* first = tensor.detach().as_strided([1], [1], tensor.storage_offset()).bytes) start = (nint)(first - tensor.storage_offset() * tensor.ElementSize);
        if (!_memories.TryGetValue(start, out var number)) _memories.Add(start, number = _memories.Count);
        return number;
    }

    private static string Hex(double number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
        return Convert.ToHexStringLower(bytes);
    }

    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLowerInvariant(),
    };
}
