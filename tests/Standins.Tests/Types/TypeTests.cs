using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Types;

public sealed class TypeTests
{
    [Fact]
    public void The_names_of_the_types_mean_the_types_of_PyTorch()
    {
        Assert.Equal(ScalarType.Float32, torch.@float);
        Assert.Equal(ScalarType.Float64, torch.@double);
        Assert.Equal(ScalarType.Int64, torch.@long);
        Assert.Equal(ScalarType.Byte, uint8);
        Assert.Equal(ScalarType.ComplexFloat64, complex128);
        Assert.Equal(ScalarType.Float16, half);
    }

    [Theory]
    [InlineData(ScalarType.Int32, ScalarType.Float32, ScalarType.Float32)]
    [InlineData(ScalarType.Byte, ScalarType.Int8, ScalarType.Int16)]
    [InlineData(ScalarType.Float32, ScalarType.ComplexFloat32, ScalarType.ComplexFloat32)]
    [InlineData(ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32)]
    public void Two_types_are_promoted_to_one_that_holds_both(ScalarType left, ScalarType right, ScalarType both)
    {
        Assert.Equal(both, promote_types(left, right));
    }

    [Fact]
    public void A_tensor_without_dimensions_does_not_change_the_type_of_one_with_dimensions()
    {
        Assert.Equal(ScalarType.Float32, result_type(ones(2), tensor(1.0)));
        Assert.Equal(ScalarType.Float64, result_type(ones(2), ones(2, dtype: float64)));
    }

    [Fact]
    public void A_real_number_cannot_be_cast_to_an_integer_without_asking()
    {
        Assert.False(can_cast(float32, int32));
        Assert.True(can_cast(int32, float32));
    }

    [Fact]
    public void Limits_are_those_of_IEEE_754()
    {
        Assert.Equal(Math.ScaleB(1, -23), finfo(float32).eps);
        Assert.Equal((double)float.MaxValue, finfo(float32).max);
        Assert.Equal(double.MaxValue, finfo(float64).max);
        Assert.Equal(-65504, finfo(float16).min);
        Assert.Equal(Math.ScaleB(1, -126), finfo(bfloat16).tiny);
        Assert.Equal(3.3895313892515355e+38, finfo(bfloat16).max);
        Assert.Throws<ArgumentException>(() => finfo(int64));
    }

    [Fact]
    public void Truth_values_count_as_integral_and_have_no_largest()
    {
        Assert.True(is_integral(torch.@bool));
        Assert.Equal(short.MaxValue, max_int_value(int16));
        Assert.Throws<ArgumentException>(() => max_int_value(torch.@bool));
    }
}
