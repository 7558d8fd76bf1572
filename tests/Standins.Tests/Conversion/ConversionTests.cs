using System.Collections;
using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Conversion;

public sealed class ConversionTests
{
    [Fact]
    public void A_tensor_of_one_element_is_cast_to_a_number()
    {
        Assert.Equal(2f, (float)tensor(2L));
        Assert.Equal(2, (int)tensor(2.7f));
        Assert.True((bool)tensor(0.5));
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(3L, tensor(3).ToInt64());
        Assert.Equal(1.5f, tensor(1.5f).to(float16).ToSingle());
        Assert.ThrowsAny<Exception>(() => arange(2).ToSingle());
    }

    [Fact]
    public void Values_and_arrays_become_tensors_by_themselves()
    {
        Tensor number = 5f;
        Tensor numbers = new[] { 1, 2 };
        Assert.Equal(ScalarType.Float32, number.dtype);
        Assert.Equal([1, 2], numbers.data<int>().ToArray());
        Assert.Equal([2, 2], new float[] { 1, 2, 3, 4 }.ToTensor([2, 2]).shape);
        Assert.Equal(ScalarType.Int8, new sbyte[] { -1 }.ToTensor([1]).dtype);
    }

    [Fact]
    public void A_list_has_a_level_for_each_dimension()
    {
        var rows = (ArrayList)arange(6).reshape(2, 3).tolist();
        Assert.Equal(2, rows.Count);
        var last = (ArrayList)rows[1]!;
        Assert.Equal(5L, ((Scalar)last[2]!).ToInt64());
    }

    [Fact]
    public void Sizes_of_elements_are_in_bytes()
    {
        Assert.Equal(2, ScalarType.BFloat16.ElementSize());
        Assert.Equal(16, ScalarType.ComplexFloat64.ElementSize());
        Assert.Equal(6, new long[] { 2, 3 }.TotalSize());
    }
}
