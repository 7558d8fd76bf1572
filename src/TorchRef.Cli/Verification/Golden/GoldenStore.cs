using TorchRef.Experiments.Golden;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>The golden files, which travel inside the program, and their tensors as TorchSharp's.</summary>
internal static class GoldenStore
{
    public static GoldenFile Read(string name)
    {
        using var stream = typeof(GoldenStore).Assembly.GetManifestResourceStream($"golden/{name}.json")
            ?? throw new InvalidOperationException($"the golden files must travel with the program: expected golden/{name}.json inside of it but there is none");
        using var reader = new StreamReader(stream);
        return GoldenFile.Parse(reader.ReadToEnd());
    }

    public static ScalarType TypeOf(string dtype) => dtype switch
    {
        "float64" => ScalarType.Float64,
        "float32" => ScalarType.Float32,
        "bfloat16" => ScalarType.BFloat16,
        "int64" => ScalarType.Int64,
        _ => throw new NotSupportedException($"a golden tensor must be of a known type: expected one of {string.Join(", ", GoldenTensor.Dtypes)} but got {dtype}"),
    };

    /// <summary>The tensor, contiguous, on the default device.</summary>
    public static Tensor ToTensor(GoldenTensor golden) =>
        tensor(golden.Data, golden.Shape, float64, CPU).to_type(TypeOf(golden.Dtype)).to(get_default_device());

    /// <summary>The tensor, or null where the file has none of that name.</summary>
    public static Tensor? ToTensor(GoldenTensors tensors, string name) => tensors.Find(name) is { } golden ? ToTensor(golden) : null;

    /// <summary>Copies values into a module's state, name by name.</summary>
    public static void LoadState(nn.Module module, GoldenTensors values)
    {
        using var noGraph = no_grad();
        foreach (var (name, target) in module.state_dict())
            if (ToTensor(values, name) is { } value) target.copy_(value);
    }
}
