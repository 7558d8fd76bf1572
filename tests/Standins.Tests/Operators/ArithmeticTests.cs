using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class ArithmeticTests
{
    [Fact]
    public void Division_rounds_as_its_mode_says()
    {
        var x = Near.Doubles(7, -7);
        Near.Equal([3.5, -3.5], x.div(2));
        Near.Equal([3, -3], x.div(2, RoundingMode.trunc));
        Near.Equal([3, -4], x.div(2, RoundingMode.floor));
        Near.Equal([3, -4], x.div(Near.Doubles(2, 2), RoundingMode.floor));
        Near.Equal([3, -4], x.floor_divide(2));
        Near.Equal([3, -3], x.clone().div_(Near.Doubles(2, 2), RoundingMode.trunc));
    }

    [Fact]
    public void Fmod_has_the_sign_of_the_dividend() => Near.Equal([-1, 1], Near.Doubles(-7, 7).fmod(-3));

    [Fact]
    public void Alpha_multiplies_what_is_added()
    {
        Near.Equal([21, 42], Near.Doubles(1, 2).add(Near.Doubles(10, 20), 2));
        Near.Equal([7, 8], torch.add(Near.Doubles(1, 2), 3, 2));
    }

    [Fact]
    public void Products_and_quotients_are_added_with_a_factor()
    {
        var (x, a, b) = (Near.Doubles(1, 2), Near.Doubles(3, 4), Near.Doubles(2, 8));
        Near.Equal([1 + 0.5 * 6, 2 + 0.5 * 32], x.addcmul(a, b, 0.5));
        Near.Equal([1 + 0.5 * 1.5, 2 + 0.5 * 0.5], x.addcdiv(a, b, 0.5));
        Near.Equal([2.5, 2.5], torch.addcdiv(x, a, b, 1));
        Near.Equal([1.5, 4], x.lerp(Near.Doubles(2, 6), Near.Doubles(0.5, 0.5)));
    }

    [Fact]
    public void Powers_take_a_number_or_a_tensor()
    {
        Near.Equal([8, 27], Near.Doubles(2, 3).pow(3));
        Near.Equal([4, 27], Near.Doubles(2, 3).pow(Near.Doubles(2, 3)));
        Near.Equal([0.5, 1.0 / 3], torch.pow(Near.Doubles(2, 3), -1));
    }

    [Fact]
    public void Whole_numbers_have_divisors_and_multiples()
    {
        Near.Equal([4, 5], tensor(new[] { 12L, 15L }).gcd(tensor(new[] { 8L, 10L })));
        Near.Equal([24, 30], torch.lcm(tensor(new[] { 12L, 15L }), tensor(new[] { 8L, 10L })));
    }

    [Fact]
    public void A_number_is_its_mantissa_times_a_power_of_two()
    {
        var (mantissa, exponent) = Near.Doubles(10, 0.25).frexp();
        Near.Equal([0.625, 0.5], mantissa);
        Near.Equal([4, -1], exponent);
        Near.Equal([10, 0.25], mantissa.ldexp(exponent));
    }

    [Fact]
    public void Functions_of_two_elements_agree_with_their_definitions()
    {
        var (x, y) = (Near.Doubles(3, -1), Near.Doubles(4, 2));
        Near.Equal([5, Math.Sqrt(5)], x.hypot(y));
        Near.Equal([Math.Atan2(3, 4), Math.Atan2(-1, 2)], x.atan2(y));
        Near.Equal([4, 2], x.maximum(y));
        Near.Equal([3, -1], torch.minimum(x, y));
        Near.Equal([Math.Log(Math.Exp(3) + Math.Exp(4)), Math.Log(Math.Exp(-1) + Math.Exp(2))], x.logaddexp(y));
        Near.Equal([3 * Math.Log(4), -Math.Log(2)], x.xlogy(y));
        Near.Equal([3, 1], x.copysign(y));
    }

    [Fact]
    public void Closeness_counts_both_tolerances()
    {
        var (x, y) = (Near.Doubles(1, 100), Near.Doubles(1.001, 100.1));
        Assert.False(x.allclose(y));
        Assert.True(x.allclose(y, rtol: 1e-2));
        Assert.True(torch.allclose(x, y, rtol: 0, atol: 0.2));
        Near.Equal([1, 0], x.isclose(y, rtol: 0, atol: 0.01));
        var nan = Near.Doubles(double.NaN);
        Assert.False(nan.allclose(nan));
        Assert.True(nan.allclose(nan, equal_nan: true));
    }

    [Fact]
    public void Equal_compares_element_by_element() => Near.Equal([1, 0], Near.Doubles(1, 2).equal(Near.Doubles(1, 3)));

    [Fact]
    public void Logic_takes_what_is_not_zero_for_true()
    {
        var (a, b) = (Near.Doubles(0, 0, 3, 4), Near.Doubles(0, 1, 0, 5));
        Near.Equal([0, 0, 0, 1], a.logical_and(b));
        Near.Equal([0, 1, 1, 1], a.logical_or(b));
        Near.Equal([0, 1, 1, 0], a.logical_xor(b));
        Near.Equal([1, 1, 0, 0], a.logical_not());
        Near.Equal([8, 3], tensor(new[] { 4L, 1L }).bitwise_left_shift(tensor(new[] { 1L, 0L })) + tensor(new[] { 0L, 2L }));
    }
}
