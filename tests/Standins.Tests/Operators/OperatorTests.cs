using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class OperatorTests
{
    [Fact]
    public void A_real_number_keeps_the_type_of_a_tensor_of_reals()
    {
        var single = ones(2, dtype: ScalarType.Float32);
        foreach (var result in new[] { single + 2.0, 2.0 + single, single - 2.0, 2.0 - single, single * 2.0, 2.0 * single, single / 2.0, 2.0 / single, single % 2.0 })
            Assert.Equal(ScalarType.Float32, result.dtype);
    }

    [Fact]
    public void A_whole_number_keeps_the_type_of_a_tensor_of_whole_numbers()
    {
        var whole = ones(2, dtype: ScalarType.Int32);
        foreach (var result in new[] { whole + 2, 2L + whole, whole - 2L, 2 - whole, whole * 2, 2 * whole, whole % 2 })
            Assert.Equal(ScalarType.Int32, result.dtype);
    }

    [Fact]
    public void A_real_number_turns_whole_numbers_into_reals()
    {
        var whole = ones(2, dtype: ScalarType.Int64);
        Assert.Equal(ScalarType.Float32, (whole + 0.5).dtype);
        Assert.Equal(ScalarType.Float32, (whole / 2).dtype);
        Near.Equal([1.5, 1.5], whole + 0.5f);
    }

    [Fact]
    public void A_number_may_stand_on_either_side()
    {
        var x = Near.Doubles(1, 2, 4);
        Near.Equal([3, 4, 6], 2 + x);
        Near.Equal([1, 0, -2], 2 - x);
        Near.Equal([-1, 0, 2], x - 2f);
        Near.Equal([2, 4, 8], 2L * x);
        Near.Equal([2, 1, 0.5], 2.0 / x);
        Near.Equal([0.5, 1, 2], x / 2);
    }

    [Fact]
    public void A_scalar_object_works_as_its_number_does()
    {
        var x = Near.Doubles(1, 2, 4);
        Scalar two = 2;
        Near.Equal([3, 4, 6], x + two);
        Near.Equal([1, 0, -2], two - x);
        Near.Equal([2, 4, 8], two * x);
        Near.Equal([2, 1, 0.5], two / x);
        Near.Equal([1, 0, 0], x % two);
    }

    [Fact]
    public void Shapes_are_broadcast()
    {
        var column = Near.Doubles(1, 2).reshape(2, 1);
        var row = Near.Doubles(10, 20, 30);
        Near.Equal([11, 21, 31, 12, 22, 32], column + row);
        Near.Equal([10, 20, 30, 20, 40, 60], column * row);
    }

    [Fact]
    public void The_remainder_has_the_sign_of_the_divisor()
    {
        Near.Equal([2, 1, -1, -2], Near.Doubles(-1, 1, -1, 1) % Near.Doubles(3, 3, -3, -3));
    }

    [Fact]
    public void Comparisons_are_element_by_element()
    {
        var x = Near.Doubles(1, 2, 3);
        var y = Near.Doubles(3, 2, 1);
        Assert.Equal(ScalarType.Bool, (x < y).dtype);
        Near.Equal([1, 0, 0], x < y);
        Near.Equal([1, 1, 0], x <= y);
        Near.Equal([0, 0, 1], x > y);
        Near.Equal([0, 1, 1], x >= y);
        Near.Equal([0, 1, 0], x == y);
        Near.Equal([1, 0, 1], x != y);
    }

    [Fact]
    public void Comparisons_with_a_number_keep_their_direction()
    {
        var x = Near.Doubles(1, 2, 3);
        Near.Equal([1, 0, 0], x < 2);
        Near.Equal([0, 0, 1], 2 < x);
        Near.Equal([1, 1, 0], 2 >= x);
        Near.Equal([0, 1, 0], x == 2);
        Near.Equal([1, 0, 1], 2 != x);
    }

    [Fact]
    public void Bits_and_truth_values_combine()
    {
        var a = tensor(new[] { true, true, false });
        var b = tensor(new[] { true, false, false });
        Near.Equal([1, 0, 0], a & b);
        Near.Equal([1, 1, 0], a | b);
        Near.Equal([0, 1, 0], a ^ b);
        Near.Equal([0, 0, 1], ~a);
        Near.Equal([8, 14, 6, ~12], cat([tensor(new[] { 12L }) & tensor(new[] { 10L }), tensor(new[] { 12L }) | tensor(new[] { 10L }), tensor(new[] { 12L }) ^ tensor(new[] { 10L }), ~tensor(new[] { 12L })]));
    }

    [Fact]
    public void Gradients_flow_through_every_operator()
    {
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        (3 - x * x / 4 + 1 / x - -x).sum().backward();
        // d/dx (3 − x²/4 + 1/x + x) = −x/2 − 1/x² + 1
        Near.Equal(-1 - 0.25 + 1, x.grad!);
    }
}
