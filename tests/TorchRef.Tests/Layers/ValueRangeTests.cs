using TorchRef.Layers;

namespace TorchRef.Tests.Layers;

/// <summary>Ranges with ends that belong to them or not.</summary>
public sealed class ValueRangeTests
{
    [Theory]
    [InlineData(true, true, true, true, "[0, 0.25]")]
    [InlineData(false, true, false, true, "(0, 0.25]")]
    [InlineData(true, false, true, false, "[0, 0.25)")]
    [InlineData(false, false, false, false, "(0, 0.25)")]
    public void An_end_belongs_to_it_if_it_is_attained(bool attainsLeast, bool attainsGreatest, bool holdsLeast, bool holdsGreatest, string written)
    {
        var range = new ValueRange(0, 0.25, attainsLeast, attainsGreatest);

        Assert.Equal(holdsLeast, range.Contains(0));
        Assert.Equal(holdsGreatest, range.Contains(0.25));
        Assert.True(range.Contains(0.1));
        Assert.False(range.Contains(-0.1));
        Assert.False(range.Contains(0.3));
        Assert.False(range.Contains(double.NaN));
        Assert.Equal(written, range.ToString());
    }
}
