using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A function of Python's that a pickle may call. Each stands for a few lines of code here; none of Python's is run.</summary>
internal enum PickleFunction
{
    OrderedDict,
    RebuildTensor,
    RebuildTensorV2,
    RebuildTensorV3,
    RebuildParameter,
    Size,
    Encode,
    Bytes,
}

/// <summary>The names that a pickle may use.</summary>
internal static class AllowedGlobals
{
    private static readonly Dictionary<string, object> s_allowed = Allowed();

    /// <exception cref="InvalidDataException">The name isn't one of a state dict.</exception>
    public static object Find(string module, string name) =>
        s_allowed.TryGetValue($"{module}.{name}", out var found) ? found
            : throw Refusal.Of("a checkpoint may hold tensors and containers only", "names of those", Refusal.Quote($"{module}.{name}"));

    private static Dictionary<string, object> Allowed()
    {
        var allowed = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["collections.OrderedDict"] = PickleFunction.OrderedDict,
            ["torch._utils._rebuild_tensor"] = PickleFunction.RebuildTensor,
            ["torch._utils._rebuild_tensor_v2"] = PickleFunction.RebuildTensorV2,
            ["torch._utils._rebuild_tensor_v3"] = PickleFunction.RebuildTensorV3,
            ["torch._utils._rebuild_parameter"] = PickleFunction.RebuildParameter,
            ["torch.Size"] = PickleFunction.Size,
            ["_codecs.encode"] = PickleFunction.Encode,
            ["__builtin__.bytes"] = PickleFunction.Bytes,
            ["builtins.bytes"] = PickleFunction.Bytes,
            ["torch.storage.UntypedStorage"] = new StorageClass(null),
        };
        foreach (var (type, name, storage) in TorchNames.All)
        {
            allowed.Add($"torch.{name}", type);
            allowed.Add($"torch.{storage}", new StorageClass(type));
            allowed.Add($"torch.cuda.{storage}", new StorageClass(type));
        }
        return allowed;
    }
}

/// <summary>What PyTorch calls the element types and their storages.</summary>
internal static class TorchNames
{
    public static readonly (ScalarType Type, string Name, string Storage)[] All =
    [
        (ScalarType.Bool, "bool", "BoolStorage"),
        (ScalarType.Byte, "uint8", "ByteStorage"),
        (ScalarType.Int8, "int8", "CharStorage"),
        (ScalarType.Int16, "int16", "ShortStorage"),
        (ScalarType.Int32, "int32", "IntStorage"),
        (ScalarType.Int64, "int64", "LongStorage"),
        (ScalarType.Float16, "float16", "HalfStorage"),
        (ScalarType.BFloat16, "bfloat16", "BFloat16Storage"),
        (ScalarType.Float32, "float32", "FloatStorage"),
        (ScalarType.Float64, "float64", "DoubleStorage"),
        (ScalarType.ComplexFloat32, "complex64", "ComplexFloatStorage"),
        (ScalarType.ComplexFloat64, "complex128", "ComplexDoubleStorage"),
    ];

    /// <summary>PyTorch's name of a type, such as float32.</summary>
    /// <exception cref="NotSupportedException">Checkpoints don't hold such elements.</exception>
    public static (string Name, string Storage) Of(ScalarType type)
    {
        foreach (var entry in All)
            if (entry.Type == type) return (entry.Name, entry.Storage);
        throw new NotSupportedException($"a checkpoint holds numbers and truth values: expected one of {string.Join(", ", All.Select(entry => entry.Name))} but got {type}");
    }

    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Bool or ScalarType.Byte or ScalarType.Int8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"a checkpoint holds numbers and truth values: expected one of {string.Join(", ", All.Select(entry => entry.Name))} but got {type}"),
    };
}
