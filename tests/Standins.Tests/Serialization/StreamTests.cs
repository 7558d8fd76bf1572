using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Serialization;

public sealed class StreamTests
{
    [Fact]
    public void A_tensor_comes_back_as_it_was_written()
    {
        foreach (var tensor in new[] { arange(6, float32).reshape(2, 3), torch.tensor(true), zeros(0, 3, dtype: int64), randn(300, 7, dtype: float64) })
        {
            var stream = new MemoryStream();
            tensor.Save(stream);
            using var read = Tensor.Load(new MemoryStream(stream.ToArray()));
            Assert.Equal(tensor.dtype, read.dtype);
            Assert.Equal(tensor.shape, read.shape);
            Assert.True(read.bytes.SequenceEqual(tensor.bytes));
        }
    }

    [Fact]
    public void A_record_is_type_rank_and_sizes_in_seven_bits_each_and_then_the_elements()
    {
        var stream = new MemoryStream();
        zeros(1, 300, dtype: uint8).Save(stream);
        Assert.Equal([0, 2, 1, 0xac, 0x02], stream.ToArray()[..5]);
        Assert.Equal(305, stream.ToArray().Length);
    }

    [Fact]
    public void A_record_of_another_type_or_shape_is_not_read_into_a_tensor()
    {
        var stream = new MemoryStream();
        ones(2).Save(stream);
        Assert.Throws<ArgumentException>(() => zeros(2, dtype: int64).Load(new BinaryReader(new MemoryStream(stream.ToArray()))));
        Assert.Throws<ArgumentException>(() => zeros(3).Load(new BinaryReader(new MemoryStream(stream.ToArray()))));
        var target = zeros(2);
        target.Load(new BinaryReader(new MemoryStream(stream.ToArray())));
        Assert.Equal([1f, 1f], target.data<float>().ToArray());
    }
}
