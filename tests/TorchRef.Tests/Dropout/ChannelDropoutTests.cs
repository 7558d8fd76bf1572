using TorchRef.Dropout;
using static TorchRef.Tests.Dropout.DropoutFamily;
using static TorchSharp.torch;

namespace TorchRef.Tests.Dropout;

public sealed class ChannelDropoutTests : IDisposable
{
    private readonly IDisposable _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("Dropout1d", 2, new long[] { 6, 20, 5 })]
    [InlineData("Dropout1d", 1, new long[] { 40, 5 })]
    [InlineData("Dropout2d", 2, new long[] { 6, 20, 3, 2 })]
    [InlineData("Dropout2d", 2, new long[] { 6, 20, 5 })]
    [InlineData("Dropout3d", 2, new long[] { 6, 20, 2, 3, 2 })]
    [InlineData("Dropout3d", 1, new long[] { 40, 2, 3, 2 })]
    [InlineData("Dropout3d", 1, new long[] { 40, 3, 2 })]
    [InlineData("FeatureAlphaDropout", 2, new long[] { 6, 20, 3, 2 })]
    public void KeepsAndDropsWholeChannels(string name, int kept, long[] shape)
    {
        manual_seed(2);
        var output = Make(name).call(ones(shape, float64)).flatten(kept); // [N, C, …] or [C, …]
        var first = output.narrow(-1, 0, 1);                    // [N, C, 1] or [C, 1]
        Assert.True(output.eq(first).all().item<bool>());
        var dropped = first.le(0).to_type(float64).mean().item<double>();
        Assert.InRange(dropped, 0.2, 0.8);                      // 40 channels or more: 3.8 deviations and more
    }

    [Theory]
    [InlineData(new long[] { 4 }, 1)]
    [InlineData(new long[] { 2, 2, 2, 2 }, 4)]
    public void Dropout1dRefusesOtherRanksInBothModes(long[] shape, int rank)
    {
        var module = new Dropout1d();
        var text = $"dropout1d: Expected 2D or 3D input, but received a {rank}D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs).";
        Assert.Equal(text, Assert.Throws<ArgumentException>(() => module.call(ones(shape))).Message);
        module.eval();
        Assert.Equal(text, Assert.Throws<ArgumentException>(() => module.call(ones(shape))).Message);
    }

    [Theory]
    [InlineData("Dropout2d")]
    [InlineData("FeatureAlphaDropout")]
    public void AChannelNeedsASecondDimensionOnceAMaskIsDrawn(string name)
    {
        var module = Make(name);
        Assert.Equal("Feature dropout requires at least 2 dimensions in the input", Assert.Throws<ArgumentException>(() => module.call(ones([4]))).Message);
        module.eval();
        Same(ones([4]), module.call(ones([4])));
        Same(zeros([4]), Make(name, 1).call(ones([4])));
    }

    [Fact]
    public void ScalesWhatItKeeps()
    {
        manual_seed(2);
        var output = new Dropout2d(0.75).call(ones([10, 10, 2, 2], float64)); // [10, 10, 2, 2]
        Assert.True(output.eq(0).logical_or(output.eq(4)).all().item<bool>());
        Near(1, output.mean(), within: 0.7);                    // 100 channels, each of deviation √3: four standard errors
    }
}
