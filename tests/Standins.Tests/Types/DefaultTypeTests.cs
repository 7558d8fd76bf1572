using static TorchSharp.torch;

namespace Standins.Tests.Types;

public sealed class DefaultTypeTests
{
    [Fact]
    public void The_default_type_is_that_of_tensors_made_without_one()
    {
        try
        {
            set_default_dtype(float64);
            Assert.Equal(ScalarType.Float64, get_default_dtype());
            Assert.Equal(ScalarType.Float64, zeros(1).dtype);
            Assert.Equal(ScalarType.Float64, arange(0, 1, 0.5).dtype);
            Assert.Equal(ScalarType.Float32, tensor(new[] { 1f }).dtype);
        }
        finally
        {
            set_default_dtype(float32);
        }
    }

    [Fact]
    public void The_default_type_must_be_real()
    {
        Assert.Throws<ArgumentException>(() => set_default_dtype(int64));
    }
}
