using TorchRef.Numerics;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Numerics;

/// <summary>One number for how far two tensors are apart.</summary>
public sealed class DifferenceTests
{
    private const double NaN = double.NaN, Infinity = double.PositiveInfinity;

    public static TheoryData<double[], double[], double> Numbers => new()
    {
        { [1, 2], [1, 2], 0 },
        { [1, 2.5], [1, 2], 0.25 },                             // 0.5 of 2
        { [1.5, 4], [1, 4], 0.125 },                            // of the largest, not of its own
        { [-4, 1], [-4, 2], 0.25 },
        { [0.5, 0], [0, 0], 0.5 },                              // nothing to be relative to
        { [1, 0], [0, 0], 1 },
        { [3], [-3], 2 },
        { [], [], 0 },
        { [NaN, 1], [NaN, 1], 0 },
        { [NaN, 3], [NaN, 2], 0.5 },
        { [Infinity, 3], [Infinity, 2], 0.5 },                  // an infinity isn't the magnitude to be relative to
        { [-Infinity], [-Infinity], 0 },
        { [NaN], [1], Infinity },
        { [1], [NaN], Infinity },
        { [Infinity], [-Infinity], Infinity },
        { [Infinity], [1], Infinity },
        { [1], [Infinity], Infinity },
        { [NaN], [Infinity], Infinity },
        { [1, NaN], [1, 5], Infinity },
        { [double.MaxValue], [-double.MaxValue], Infinity },
        { [5e-324], [5e-324], 0 },
        { [-0.0], [0], 0 },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void It_is_relative_to_the_largest_and_knows_what_is_not_finite(double[] actual, double[] expected, double difference)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(difference, Difference.RelativeToLargest(tensor(actual, float64), tensor(expected, float64)), 15);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.ComplexFloat64)]
    public void Every_element_type_is_compared(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (actual, expected) = (tensor(new[] { 1.0, 3 }).to_type(type), tensor(new[] { 1.0, 4 }).to_type(type));

        Assert.Equal(0.25, Difference.RelativeToLargest(actual, expected));
        Assert.Equal(0, Difference.RelativeToLargest(expected, expected));
    }

    [Fact]
    public void Truths_are_compared()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0, Difference.RelativeToLargest(tensor(new[] { true, false }), tensor(new[] { true, false })));
        Assert.Equal(1, Difference.RelativeToLargest(tensor(new[] { true, true }), tensor(new[] { true, false })));
    }

    [Fact]
    public void Imaginary_parts_count()
    {
        using var scope = NewDisposeScope();
        var (real, imaginary) = (tensor(new[] { 1.0, 2 }), tensor(new[] { 4.0, 0 }));

        Assert.Equal(0.5, Difference.RelativeToLargest(complex(real, imaginary / 2), complex(real, imaginary)));
    }

    [Fact]
    public void Another_shape_or_type_is_infinitely_far_even_if_it_broadcasts()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(Infinity, Difference.RelativeToLargest(ones([2, 3]), ones([3, 2])));
        Assert.Equal(Infinity, Difference.RelativeToLargest(ones([3]), ones([1, 3])));
        Assert.Equal(Infinity, Difference.RelativeToLargest(ones([1]), ones([])));
        Assert.Equal(Infinity, Difference.RelativeToLargest(ones([0]), ones([0, 1])));
        Assert.Equal(Infinity, Difference.RelativeToLargest(ones([2], float32), ones([2], float64)));
        Assert.Equal(Infinity, Difference.RelativeToLargest(ones([0], float32), ones([0], float64)));
    }

    [Fact]
    public void Scaling_both_changes_nothing_and_memory_layout_does_not_matter() => Law.Holds(sample =>
    {
        var shape = sample.AnyShape();
        var (actual, expected) = (sample.Normal(shape, float64), sample.Normal(shape, float64));
        var difference = Difference.RelativeToLargest(actual, expected);

        Assert.Equal(difference, Difference.RelativeToLargest(actual * 4, expected * 4));
        Assert.Equal(difference, Difference.RelativeToLargest(-actual, -expected));
        Assert.Equal(difference, Difference.RelativeToLargest(actual.permute([.. Enumerable.Range(0, shape.Length).Select(i => (long)i).Reverse()]).contiguous(), expected.permute([.. Enumerable.Range(0, shape.Length).Select(i => (long)i).Reverse()])));
        Assert.True(difference > 0 || actual.allclose(expected));
    });

    [Fact]
    public void Tensors_in_a_graph_are_compared_and_nothing_is_left_behind()
    {
        using var left = ones([3]).requires_grad_();
        using var right = ones([3]);
        var before = Tensor.TotalCount;

        Assert.Equal(0, Difference.RelativeToLargest(left, right));

        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);
    }
}
