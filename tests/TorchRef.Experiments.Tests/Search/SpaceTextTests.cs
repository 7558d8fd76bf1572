using TorchRef.Experiments.Search;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Tests.Search;

public sealed class SpaceTextTests
{
    [Fact]
    public void Ranges_choices_and_single_values_are_read()
    {
        Assert.Equal(new FloatDistribution(1e-6, 1e-2, log: true), SpaceText.Parse("lr", "1e-6:1e-2:log", counts: false).Distribution);
        Assert.Equal(new FloatDistribution(0, 1), SpaceText.Parse("lr", "0:1", counts: false).Distribution);
        Assert.Equal(new IntDistribution(10, 90, step: 20), SpaceText.Parse("hidden", "10:90:int:step=20", counts: true).Distribution);
        Assert.Equal(new IntDistribution(1, 64, log: true), SpaceText.Parse("hidden", "1:64:log", counts: true).Distribution);
        Assert.Equal(new CategoricalDistribution(50L, 100L), SpaceText.Parse("hidden", "50,100", counts: true).Distribution);
        Assert.Equal(100, SpaceText.Parse("hidden", "100", counts: true).Fixed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("1:0")]
    [InlineData("0:1:log")]
    [InlineData("1:2:lin")]
    [InlineData("NaN")]
    [InlineData("1,1")]
    [InlineData("-1:1")]
    public void What_is_no_range_is_refused_in_one_line(string text)
    {
        var refused = Assert.Throws<SearchException>(() => SpaceText.Parse("lr", text, counts: false));
        Assert.Contains("expected", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
