using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The elements of a tensor as text, by their position in the order of its shape.</summary>
internal sealed class ElementText : IDisposable
{
    private readonly Tensor _local;
    private readonly Func<long, string> _read;
    private readonly PrintOptions _options;

    public ElementText(Tensor tensor, PrintOptions options)
    {
        _options = options;
        using var near = tensor.detach().cpu();
        using var plain = near.dtype == ScalarType.BFloat16 ? near.to_type(ScalarType.Float32) : near.resolve_conj();
        _local = plain.resolve_neg();
        _read = _local.dtype switch
        {
            ScalarType.Byte => Reader<byte>(value => value.ToString(options.Culture)),
            ScalarType.Int8 => Reader<sbyte>(value => value.ToString(options.Culture)),
            ScalarType.Int16 => Reader<short>(value => value.ToString(options.Culture)),
            ScalarType.Int32 => Reader<int>(value => value.ToString(options.Culture)),
            ScalarType.Int64 => Reader<long>(value => value.ToString(options.Culture)),
            ScalarType.Bool => Reader<bool>(value => value.ToString(options.Culture)),
            ScalarType.Float16 => Reader<Half>(value => Text((float)value)),
            ScalarType.Float32 => Reader<float>(Text),
            ScalarType.Float64 => Reader<double>(Text),
            ScalarType.ComplexFloat32 => Reader<(float Real, float Imaginary)>(value => Pair(value.Real != 0, Text(value.Real), value.Imaginary != 0, Text(value.Imaginary))),
            ScalarType.ComplexFloat64 => Reader<Complex>(value => Pair(value.Real != 0, Text(value.Real), value.Imaginary != 0, Text(value.Imaginary))),
            var other => throw new NotSupportedException($"elements must be printable: expected numbers or truth values but got {other}"),
        };
    }

    public string this[long index] => _read(index);

    public void Dispose() => _local.Dispose();

    private Func<long, string> Reader<T>(Func<T, string> text) where T : unmanaged
    {
        var values = _local.data<T>();
        return index => text(values[index]);
    }

    private string Text(float value) => value.ToString(_options.FloatFormat, _options.Culture);

    private string Text(double value) => value.ToString(_options.FloatFormat, _options.Culture);

    /// <summary>A part that is zero isn't printed, unless both are.</summary>
    private static string Pair(bool hasReal, string real, bool hasImaginary, string imaginary) => (hasReal, hasImaginary) switch
    {
        (_, false) => real,
        (true, true) => $"{real}+{imaginary}i",
        (false, true) => $"{imaginary}i",
    };
}
