namespace TorchSharp.PyBridge;

/// <summary>The element types that a safetensors file names and libtorch has.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, torch.ScalarType Type, int Size)[] s_all =
    [
        ("F64", torch.ScalarType.Float64, 8),
        ("F32", torch.ScalarType.Float32, 4),
        ("F16", torch.ScalarType.Float16, 2),
        ("BF16", torch.ScalarType.BFloat16, 2),
        ("I64", torch.ScalarType.Int64, 8),
        ("I32", torch.ScalarType.Int32, 4),
        ("I16", torch.ScalarType.Int16, 2),
        ("I8", torch.ScalarType.Int8, 1),
        ("U8", torch.ScalarType.Byte, 1),
        ("BOOL", torch.ScalarType.Bool, 1),
    ];

    public static string Names => string.Join(", ", s_all.Select(entry => entry.Name));

    public static (torch.ScalarType Type, int Size)? Find(string name)
    {
        foreach (var entry in s_all)
            if (entry.Name == name) return (entry.Type, entry.Size);
        return null;
    }

    public static string NameOf(torch.ScalarType type, string key)
    {
        foreach (var entry in s_all)
            if (entry.Type == type) return entry.Name;
        throw new NotSupportedException($"a safetensors file holds numbers and truth values: expected one of {Names} for '{key}' but got {type}");
    }
}
