using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Tests.Support;

/// <summary>Draws shapes, settings and tensors from one seed, and remembers what it drew.</summary>
internal sealed class Sampler(int seed) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly Generator _generator = new((ulong)seed);
    private readonly List<string> _drawn = [];

    public int Seed => seed;

    public T Pick<T>(params T[] choices) => Note(choices[_random.Next(choices.Length)]);

    /// <summary>A whole number from the first to the last.</summary>
    public int Between(int first, int last) => Note(_random.Next(first, last + 1));

    public double Uniform(double from, double to) => Note(from + (to - from) * _random.NextDouble());

    public ScalarType FloatType() => Pick(ScalarType.Float64, ScalarType.Float32);

    public BatchNormForm Form() => Pick(BatchNormForm.Composite, BatchNormForm.ClosedForm);

    /// <summary>(N, C), (N, C, L), (N, C, H, W) or (N, C, D, H, W), with at least two values per channel.</summary>
    public long[] BatchShape(int? rank = null)
    {
        var shape = new long[rank ?? Between(2, 5)];
        for (var i = 0; i < shape.Length; i++) shape[i] = _random.Next(1, shape.Length > 3 ? 5 : 8);
        if (shape.Length == 2 || shape.Where((_, i) => i != 1).All(size => size == 1)) shape[0] = _random.Next(2, 9);
        _drawn.Add($"({string.Join(", ", shape)})");
        return shape;
    }

    /// <summary>Any shape of one to four dimensions.</summary>
    public long[] AnyShape()
    {
        var shape = new long[_random.Next(1, 5)];
        for (var i = 0; i < shape.Length; i++) shape[i] = _random.Next(1, 7);
        _drawn.Add($"({string.Join(", ", shape)})");
        return shape;
    }

    public Tensor Normal(long[] shape, ScalarType dtype, double mean = 0, double deviation = 1) =>
        (randn(shape, ScalarType.Float64, generator: _generator) * deviation + mean).to_type(dtype); // shape

    /// <summary>Values of which each channel lies somewhere else and spreads differently: by up to 3 from 0, by 0.5 to 2.</summary>
    public Tensor Batch(long[] shape, ScalarType dtype)
    {
        long[] perChannel = [1, shape[1], .. Enumerable.Repeat(1L, shape.Length - 2)];
        var place = (rand(perChannel, ScalarType.Float64, generator: _generator) - 0.5) * 6; // [1, C, 1, …]
        var spread = rand(perChannel, ScalarType.Float64, generator: _generator) * 1.5 + 0.5; // [1, C, 1, …]
        return (randn(shape, ScalarType.Float64, generator: _generator) * spread + place).to_type(dtype); // shape
    }

    public void Dispose() => _generator.Dispose();

    public override string ToString() => string.Join(", ", _drawn);

    private T Note<T>(T value)
    {
        _drawn.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"));
        return value;
    }
}
