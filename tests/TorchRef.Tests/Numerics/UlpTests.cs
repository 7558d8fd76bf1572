using TorchRef.Numerics;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Numerics;

/// <summary>Distances in units in the last place, and how they are counted.</summary>
public sealed class UlpTests
{
    [Theory]
    [InlineData(1.0, 1.0, 0)]
    [InlineData(0.0, -0.0, 0)]
    [InlineData(1.0, 1.0000000000000002, 1)]
    [InlineData(1.0, 0.9999999999999999, 1)]
    [InlineData(0.0, 5e-324, 1)]
    [InlineData(-5e-324, 5e-324, 2)]
    [InlineData(1.0, 2.0, 1UL << 52)]
    [InlineData(double.MaxValue, double.PositiveInfinity, 1)]
    [InlineData(double.NaN, double.NaN, 0)]
    [InlineData(double.NaN, 1.0, ulong.MaxValue)]
    public void Float64_has_its_spacing(double one, double other, ulong distance)
    {
        Assert.Equal(distance, Ulps.Between(one, other));
        Assert.Equal(distance, Ulps.Between(other, one));
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1.1920928955078125e-07)]
    [InlineData(ScalarType.Float16, 0.0009765625)]
    [InlineData(ScalarType.BFloat16, 0.0078125)]
    [InlineData(ScalarType.Float64, 2.220446049250313e-16)]
    public void Each_type_has_its_own_spacing(ScalarType type, double unit)
    {
        Assert.Equal(unit, Ulps.AtOne(type));
        Assert.Equal(3UL, Ulps.Between(1 + 3 * unit, 1, type));
        Assert.Equal(1UL, Ulps.Between(1 - unit / 2, 1, type));
        Assert.Equal(2UL, Ulps.Between(4 + 8 * unit, 4, type));
        Assert.Equal(2 * Ulps.Between(0, 0.5, type), Ulps.Between(-0.5, 0.5, type));
    }

    [Fact]
    public void Whole_numbers_have_none() => Assert.Throws<ArgumentException>(() => Ulps.AtOne(ScalarType.Int64));

    [Fact]
    public void Distances_are_counted_in_growing_buckets()
    {
        using var scope = NewDisposeScope();
        const double Unit = 1.1920928955078125e-07;
        var steps = new[] { 0.0, 0, 1, 2, 3, 4, 5, 8, 9, 16, 17 };
        var actual = tensor(steps.Select(step => (float)(1 + step * Unit)).ToArray()); // [11]

        var histogram = UlpHistogram.Of(actual, ones(steps.Length));

        Assert.Equal([("0", 2), ("1", 1), ("2", 1), ("3–4", 2), ("5–8", 2), ("9–16", 2), ("17–32", 1)], histogram.Bars);
        Assert.Equal((11, 17UL), (histogram.Total, histogram.Largest));
        Assert.Equal(4.0 / 11, histogram.ShareWithin(2));
    }

    [Fact]
    public void What_has_no_distance_is_counted_by_itself()
    {
        using var scope = NewDisposeScope();
        var (nan, inf) = (float.NaN, float.PositiveInfinity);

        var histogram = UlpHistogram.Of(tensor(new[] { nan, nan, inf, inf, -1, 1, inf, 1 }), tensor(new[] { nan, 1, -inf, 1, 1, nan, inf, 1 }));

        Assert.Equal([("0", 3), ("other sign", 1), ("infinity", 2), ("NaN", 2)], histogram.Bars);
        Assert.Equal((2, 2, 1, 8), (histogram.NaNMismatches, histogram.InfinityMismatches, histogram.SignMismatches, histogram.Total));
    }

    [Fact]
    public void Two_types_or_shapes_are_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => UlpHistogram.Of(ones(2), ones(2, float64)));
        Assert.Throws<ArgumentException>(() => UlpHistogram.Of(ones(2), ones(3)));
        Assert.Throws<ArgumentException>(() => UlpHistogram.Of(ones(2, int64), ones(2, int64)));
    }

    [Fact]
    public void Every_element_is_in_one_bar() => Law.Holds(sample =>
    {
        var shape = sample.AnyShape();
        var (one, other) = (sample.Normal(shape, sample.FloatType()), sample.Normal(shape, ScalarType.Float64));

        var histogram = UlpHistogram.Of(one, other.to_type(one.dtype));

        Assert.Equal(one.numel(), histogram.Bars.Sum(bar => bar.count));
        Assert.Equal([("0", one.numel())], UlpHistogram.Of(one, one).Bars);
    }, samples: 20);
}
