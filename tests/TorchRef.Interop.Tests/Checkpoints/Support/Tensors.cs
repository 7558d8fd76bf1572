using System.Numerics;
using TorchRef.Interop.Checkpoints;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>State dicts of every element type and of every way to lie in memory, and values beside tensors.</summary>
internal static class Tensors
{
    public static IEnumerable<Specimen> OfTypes()
    {
        foreach (var type in new[] { ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64 })
            yield return Specimen.OfState($"type_{type}", ("special", Special().to_type(type)), ("matrix", arange(6, dtype: type).reshape(2, 3)), ("none", zeros([0, 3], dtype: type)), ("scalar", tensor(-2.5).to_type(type)));
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Bool })
            yield return Specimen.OfState($"type_{type}", ("matrix", arange(-3, 3).to_type(type).reshape(2, 3)), ("none", zeros([2, 0], dtype: type)), ("scalar", tensor(77).to_type(type)));
        yield return Specimen.OfState("type_complex64", ("vector", complex(Special().to_type(float32), Special().flip(0).to_type(float32))), ("scalar", tensor((1f, -2f))));
        yield return Specimen.OfState("type_complex128", ("vector", complex(Special(), Special().flip(0))), ("scalar", tensor(new Complex(1, -2))));
        yield return Specimen.OfState("extremes", ("longs", tensor(new[] { long.MinValue, long.MaxValue, 72623859790382856 })), ("ints", tensor(new[] { int.MinValue, int.MaxValue })), ("payload", Payload()));
    }

    public static IEnumerable<Specimen> OfLayouts()
    {
        var matrix = arange(24, dtype: float32).reshape(4, 6);
        yield return Specimen.OfState("transposed", ("a", matrix.clone().t()), ("b", arange(24).reshape(2, 3, 4).permute(2, 0, 1)));
        yield return Specimen.OfState("offset", ("rows", matrix.clone()[1..3]), ("element", matrix.clone()[2][3]));
        yield return Specimen.OfState("expanded", ("row", tensor(new[] { 1f, 2f, 3f }).unsqueeze(0).expand(4, 3)), ("scalar", tensor(5.0).expand(2, 2)));
        yield return Specimen.OfState("channels_last", ("a", arange(48, dtype: float32).reshape(2, 3, 4, 2).permute(0, 3, 1, 2)));
        yield return Specimen.OfState("shapes", ("deep", arange(64, dtype: float32).reshape(2, 1, 2, 2, 1, 8)), ("one", ones(1, 1)), ("none", zeros(0, 0)), ("scalar", tensor(7)));
        var weight = arange(6, dtype: float32).reshape(2, 3);
        yield return Specimen.OfState("tied", ("encoder", weight), ("decoder", weight), ("transposed", weight.t()), ("row", weight[1]), ("other", weight.clone()));
        yield return Specimen.OfState("tied_rows", ("upper", matrix[..3]), ("lower", matrix[2..]));
        yield return Specimen.OfState("keys", ("", zeros(1)), ("a.b/c\\d\n\u2028\"", ones(1)), ("가중치", tensor(2)), (new string('x', 300), tensor(3)), ("\U0001f600", tensor(4)));
        yield return Specimen.OfState("many", [.. Enumerable.Range(0, 300).Select(number => ($"t{number}", tensor(number)))]);
    }

    public static IEnumerable<Specimen> OfValues()
    {
        var nested = new OrderedDictionary<object, object?>
        {
            ["numbers"] = new List<object?> { 0L, -1L, 255L, 256L, 65535L, 65536L, 2147483647L, -2147483648L, 2147483648L, long.MaxValue, long.MinValue },
            ["wide"] = new List<object?> { (BigInteger)long.MaxValue + 1, -BigInteger.Pow(10, 30) },
            ["truth"] = new object?[] { true, false, null },
            ["texts"] = new List<object?> { "", "a", "글", "\U0001f600" },
            ["size"] = new long[] { 2, 3 },
            ["nested"] = new OrderedDictionary<object, object?> { [1L] = new object?[] { new OrderedDict { ["y"] = tensor(1) } }, [-5L] = new List<object?>() },
            ["tuples"] = new object?[] { new object?[] { }, new object?[] { 1L }, new object?[] { 1L, 2L }, new object?[] { 1L, 2L, 3L }, new object?[] { 1L, 2L, 3L, 4L } },
        };
        yield return Specimen.OfValue("values", nested, isSafe: true);
        yield return Specimen.OfValue(
            "values_unsafe", new OrderedDictionary<object, object?> { ["floats"] = new object?[] { 0.0, -0.0, 1e300, double.NaN, 0.1 }, ["bytes"] = new List<object?> { Array.Empty<byte>(), new byte[] { 0, 255, 10 } }, ["type"] = ScalarType.BFloat16 }, isSafe: false);
    }

    /// <summary>Numbers that a careless copy changes.</summary>
    private static Tensor Special() => tensor(new[] { 0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1.5, 6e-8, 3 });

    /// <summary>A NaN with a message, and the smallest number but one.</summary>
    private static Tensor Payload()
    {
        var numbers = zeros(2, dtype: float64); // [2]
        numbers.bytes = [.. BitConverter.GetBytes(0x7ff4000000000123), .. BitConverter.GetBytes(2L)];
        return numbers;
    }
}
