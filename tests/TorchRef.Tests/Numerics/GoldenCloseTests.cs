using System.Globalization;
using System.Text.Json;
using TorchRef.Experiments.Golden;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Tests.Numerics;

/// <summary>What <c>torch.testing.assert_close</c> of Python says of values, word for word.</summary>
public sealed class GoldenCloseTests
{
    private static readonly Dictionary<string, JsonElement> s_cases = Load();

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_words_are_PyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var one = s_cases[name];
        var options = one.GetProperty("options");
        double? Number(string option) => options.TryGetProperty(option, out var value) ? value.GetDouble() : null;
        bool? Flag(string option) => options.TryGetProperty(option, out var value) ? value.GetBoolean() : null;

        var result = Close.Check(
            Value(one.GetProperty("actual")), Value(one.GetProperty("expected")), Number("rtol"), Number("atol"), Flag("equal_nan") ?? false, check_dtype: Flag("check_dtype") ?? true);

        Assert.Equal(one.GetProperty("message").GetString() ?? "", result.Message);
        Assert.Equal(one.GetProperty("message").ValueKind == JsonValueKind.Null, result.Agrees);
    }

    private static object Value(JsonElement value)
    {
        if (value.TryGetProperty("shape", out var shape)) return Tensor(value, [.. shape.EnumerateArray().Select(size => size.GetInt64())]);
        if (value.TryGetProperty("bool", out var flag)) return flag.GetBoolean();
        if (value.TryGetProperty("int", out var whole)) return whole.GetInt64();
        if (value.TryGetProperty("float", out var number)) return Number(number);
        if (value.TryGetProperty("list", out var list)) return list.EnumerateArray().Select(Value).ToList();
        return value.GetProperty("dict").EnumerateObject().ToDictionary(pair => pair.Name, pair => Value(pair.Value));
    }

    private static Tensor Tensor(JsonElement value, long[] shape)
    {
        var (type, data) = (value.GetProperty("dtype").GetString()!, value.GetProperty("data").EnumerateArray().ToList());
        if (type.StartsWith("complex", StringComparison.Ordinal))
        {
            // Made of two parts: TorchSharp 0.106.0 frees a tensor made of an array of complex numbers wrongly, and the process ends.
            var (real, imaginary) = (data.Select(pair => pair[0].GetDouble()).ToArray(), data.Select(pair => pair[1].GetDouble()).ToArray());
            return complex(tensor(real), tensor(imaginary)).to_type(type == "complex64" ? ScalarType.ComplexFloat32 : ScalarType.ComplexFloat64).view(shape);
        }
        var numbers = data.Select(element => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? (element.GetBoolean() ? 1 : 0) : Number(element)).ToArray();
        return tensor(numbers, ScalarType.Float64).to_type(Enum.Parse<ScalarType>(type, ignoreCase: true)).view(shape);
    }

    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetDouble() : element.GetString() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var text => double.Parse(text!, CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, JsonElement> Load()
    {
        var folder = GoldenFile.FindFolder() ?? throw new DirectoryNotFoundException("the golden files lie in tests/golden of the checkout: expected to run inside of one");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "close", "close.json")));
        return document.RootElement.GetProperty("cases").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, one => one.Clone());
    }
}
