using static TorchSharp.torch;

namespace Standins.Tests.Factories;

public sealed class ArrayTests
{
    [Fact]
    public void A_value_becomes_a_tensor_of_its_own_type_without_dimensions()
    {
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.ComplexFloat32, tensor((1f, 2f)).dtype);
        Assert.Equal(0, tensor(1).dim());
    }

    [Fact]
    public void An_array_keeps_its_shape()
    {
        Assert.Equal([2, 2], tensor(new[,] { { 1, 2 }, { 3, 4 } }).shape);
        Assert.Equal([1, 2, 2], tensor(new float[,,] { { { 1, 2 }, { 3, 4 } } }).shape);
        Assert.Equal([0, 3], tensor(new float[0, 3]).shape);
    }

    [Fact]
    public void Elements_are_laid_out_row_by_row()
    {
        var matrix = tensor(new[,] { { 1L, 2L }, { 3L, 4L } });
        Assert.Equal(2L, matrix[0, 1].item<long>());
        Assert.Equal(3L, tensor(new List<long> { 1, 2, 3, 4 }, 2, 2)[1, 0].item<long>());
        Assert.Equal(4f, tensor(new float[] { 1, 2, 3, 4 }, [2, 2])[1, 1].item<float>());
        Assert.Equal(2.0, tensor(new Memory<double>([1, 2]), [2])[1].item<double>());
    }

    [Fact]
    public void Another_type_can_be_asked_for()
    {
        var converted = tensor(new[] { 1.5, 2.5 }, float32);
        Assert.Equal(ScalarType.Float32, converted.dtype);
        Assert.Equal([1.5f, 2.5f], converted.data<float>().ToArray());
    }

    [Fact]
    public void An_array_too_short_for_its_shape_is_refused()
    {
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));
    }

    [Fact]
    public void A_tensor_of_an_array_is_a_copy_and_a_tensor_from_an_array_is_not()
    {
        var array = new[] { 1f, 2f };
        var copy = tensor(array);
        var shared = from_array(array);
        var converted = as_tensor(array, float64);
        array[0] = 9;
        Assert.Equal(1f, copy[0].item<float>());
        Assert.Equal(9f, shared[0].item<float>());
        Assert.Equal(1.0, converted[0].item<double>());
    }

    [Fact]
    public void Memory_shared_with_an_array_outlives_the_first_tensor_over_it()
    {
        var view = Shared();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal([2f, 3f], view.data<float>().ToArray());

        static Tensor Shared()
        {
            using var whole = from_array(new[] { 1f, 2f, 3f });
            return whole[1..];
        }
    }

    [Fact]
    public void A_buffer_is_read_from_an_offset_on()
    {
        Assert.Equal([2, 3], frombuffer(new[] { 1, 2, 3, 4 }, int32, 2, 1).data<int>().ToArray());
        Assert.Equal([3f, 4f], frombuffer(new[] { 1f, 2f, 3f, 4f }, float32, offset: 2).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => frombuffer(new[] { 1f }, float32, offset: 1));
    }
}
