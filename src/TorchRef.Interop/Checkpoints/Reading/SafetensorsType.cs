using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>The element types of safetensors files that TorchSharp has.</summary>
internal static class SafetensorsType
{
    /// <summary>In the order of the format's own list, which decides the order of the tensors in a file: ascending alignment.</summary>
    private static readonly (string Name, ScalarType Type)[] s_all =
    [
        ("BOOL", ScalarType.Bool),
        ("U8", ScalarType.Byte),
        ("I8", ScalarType.Int8),
        ("I16", ScalarType.Int16),
        ("F16", ScalarType.Float16),
        ("BF16", ScalarType.BFloat16),
        ("I32", ScalarType.Int32),
        ("F32", ScalarType.Float32),
        ("C64", ScalarType.ComplexFloat32),
        ("F64", ScalarType.Float64),
        ("I64", ScalarType.Int64),
    ];

    public static string Names => string.Join(", ", s_all.Select(entry => entry.Name));

    public static ScalarType? Find(string name)
    {
        foreach (var entry in s_all)
            if (entry.Name == name) return entry.Type;
        return null;
    }

    /// <summary>The type's name and its place in the format's list.</summary>
    /// <exception cref="NotSupportedException">The format hasn't got it.</exception>
    public static (string Name, int Rank) Of(ScalarType type, string key)
    {
        for (var rank = 0; rank < s_all.Length; rank++)
            if (s_all[rank].Type == type) return (s_all[rank].Name, rank);
        throw new NotSupportedException($"a safetensors file has no elements of that type: expected one of {Names} for {Refusal.Quote(key)} but got {TorchNames.Of(type).Name}");
    }
}
