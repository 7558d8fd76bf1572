using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Tests.Search.Studies;

/// <summary>Ranges and choices, and the text that Optuna stores of them.</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData(0, 1, 0.3, 0.9)]
    [InlineData(0.1, 0.3, 0.1, 0.3)]
    [InlineData(-1, 1, 0.7, 0.4)]
    [InlineData(1e-7, 1e-6, 3e-7, 1e-6)]
    [InlineData(0, 1e22, 3e21, 9e21)]
    [InlineData(2, 2.5, 1, 2)]
    public void With_a_step_the_range_ends_on_the_grid_in_decimal_digits(double low, double high, double step, double end) =>
        Assert.Equal(end, new FloatDistribution(low, high, step: step).High);

    [Fact]
    public void Integers_end_on_the_grid_too_however_large()
    {
        Assert.Equal(9, new IntDistribution(1, 12, step: 4).High);
        Assert.Equal(long.MaxValue - 1, new IntDistribution(long.MinValue, long.MaxValue, step: 2).High);
    }

    [Fact]
    public void A_value_is_contained_when_it_lies_between_the_ends_and_on_the_grid()
    {
        var grid = new FloatDistribution(0.1, 0.7, step: 0.2);
        Assert.True(grid.Contains(0.1));
        Assert.True(grid.Contains(0.30000000000000004));
        Assert.False(grid.Contains(0.4));
        Assert.False(grid.Contains(0.9));
        Assert.False(grid.Contains(double.NaN));
        Assert.True(new IntDistribution(1, 9, step: 4).Contains(5));
        Assert.False(new IntDistribution(1, 9, step: 4).Contains(6));
        Assert.True(new CategoricalDistribution("a", "b").Contains(1));
        Assert.False(new CategoricalDistribution("a", "b").Contains(2));
    }

    [Fact]
    public void External_values_become_internal_ones_and_back()
    {
        var choices = new CategoricalDistribution("a", PyJson.None, true, 2, 2.5, double.NaN);
        for (int i = 0; i < choices.Choices.Count; i++) Assert.Equal(i, choices.Internal(choices.External(i)));
        Assert.Equal<PyJson>(7, new IntDistribution(1, 9).External(7.0));
        Assert.Equal(7, new IntDistribution(1, 9).Internal(7L));
        Assert.Equal(1e-3, new FloatDistribution(1e-6, 1, log: true).Internal(1e-3));

        Assert.Throws<ArgumentException>(() => choices.Internal("c"));
        Assert.Throws<ArgumentException>(() => choices.External(6));
        Assert.Throws<ArgumentException>(() => new FloatDistribution(1e-6, 1, log: true).Internal(0.0));
        Assert.Throws<ArgumentException>(() => new FloatDistribution(0, 1).Internal(double.NaN));
        Assert.Throws<ArgumentException>(() => new IntDistribution(0, 1).Internal("1"));
    }

    [Fact]
    public void Impossible_ranges_are_refused_with_the_rule()
    {
        Assert.Equal("The ends of a range must be in order: expected low <= high but got low 2.0 and high 1.0", Assert.Throws<ArgumentException>(() => new FloatDistribution(2, 1)).Message);
        Assert.Throws<ArgumentException>(() => new FloatDistribution(0, 1, log: true));
        Assert.Throws<ArgumentException>(() => new FloatDistribution(1, 2, log: true, step: 0.1));
        Assert.Throws<ArgumentException>(() => new FloatDistribution(1, 2, step: 0));
        Assert.Throws<ArgumentException>(() => new IntDistribution(2, 1));
        Assert.Throws<ArgumentException>(() => new IntDistribution(0, 1, log: true));
        Assert.Throws<ArgumentException>(() => new IntDistribution(1, 9, log: true, step: 2));
        Assert.Throws<ArgumentException>(() => new CategoricalDistribution());
    }

    [Fact]
    public void One_study_may_narrow_a_range_and_not_change_its_kind()
    {
        var wide = new FloatDistribution(1e-6, 1e-2, log: true);
        Assert.True(wide.IsCompatibleWith(new FloatDistribution(1e-4, 1e-3, log: true)));
        Assert.False(wide.IsCompatibleWith(new FloatDistribution(1e-6, 1e-2)));
        Assert.False(wide.IsCompatibleWith(new IntDistribution(1, 9, log: true)));
        Assert.True(new CategoricalDistribution(1, double.NaN).IsCompatibleWith(new CategoricalDistribution(1.0, double.NaN)));
        Assert.False(new CategoricalDistribution(1, 2).IsCompatibleWith(new CategoricalDistribution(2, 1)));
    }

    [Theory]
    [InlineData("""{"name": "FloatDistribution", "attributes": {"step": null, "low": 1e-05, "high": 0.1, "log": true}}""")]
    [InlineData("""{"name": "FloatDistribution", "attributes": {"step": 0.5, "low": 0.0, "high": 1.0, "log": false}}""")]
    [InlineData("""{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 9}}""")]
    [InlineData("""{"name": "CategoricalDistribution", "attributes": {"choices": ["a", null, true, 1.5, NaN, "\uae4a"]}}""")]
    [InlineData("""{"name": "UniformDistribution", "attributes": {"low": 0.0, "high": 1.0}}""")]
    [InlineData("""{"name": "LogUniformDistribution", "attributes": {"low": 0.5, "high": 1.0}}""")]
    [InlineData("""{"name": "DiscreteUniformDistribution", "attributes": {"low": 0.0, "high": 1.0, "q": 0.5}}""")]
    [InlineData("""{"name": "IntUniformDistribution", "attributes": {"step": 2, "low": 0, "high": 8}}""")]
    [InlineData("""{"name": "IntLogUniformDistribution", "attributes": {"step": 1, "low": 1, "high": 8}}""")]
    public void Stored_text_is_read_and_written_as_Optuna_writes_it(string text) => Assert.Equal(text, DistributionJson.Write(DistributionJson.Read(text)));

    [Theory]
    [InlineData("""{"type": "float", "low": 1, "high": 2, "log": true}""", """{"name": "FloatDistribution", "attributes": {"step": null, "low": 1.0, "high": 2.0, "log": true}}""")]
    [InlineData("""{"type": "int", "low": 1, "high": 8, "step": null}""", """{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 1, "high": 8}}""")]
    [InlineData("""{"type": "categorical", "choices": [1]}""", """{"name": "CategoricalDistribution", "attributes": {"choices": [1]}}""")]
    [InlineData("""{"attributes": {"high": 1, "low": 0}, "name": "FloatDistribution"}""", """{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}""")]
    [InlineData("""{"name": "FloatDistribution", "attributes": {"step": 0.3, "low": 0, "high": 1}}""", """{"name": "FloatDistribution", "attributes": {"step": 0.3, "low": 0.0, "high": 0.9, "log": false}}""")]
    public void Short_forms_are_read(string text, string written) => Assert.Equal(written, DistributionJson.Write(DistributionJson.Read(text)));

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"name": "NormalDistribution", "attributes": {"low": 0, "high": 1}}""")]
    [InlineData("""{"name": "IntDistribution", "attributes": {"low": 0, "high": 1, "step": null}}""")]
    [InlineData("""{"name": "FloatDistribution", "attributes": {"low": 0}}""")]
    [InlineData("""{"name": "FloatDistribution", "attributes": {"low": "0", "high": 1}}""")]
    [InlineData("""{"name": "FloatDistribution", "attributes": {"low": 2, "high": 1}}""")]
    [InlineData("""{"name": "FloatDistribution"}""")]
    [InlineData("""{"type": "normal"}""")]
    [InlineData("""{"name": """)]
    public void Other_text_is_refused(string text) => Assert.Contains("expected", Assert.Throws<FormatException>(() => DistributionJson.Read(text)).Message);

    [Fact]
    public void A_distribution_of_Optuna_2_is_another_kind_as_it_is_there() =>
        Assert.False(new FloatDistribution(0, 1).IsCompatibleWith(DistributionJson.Read("""{"name": "UniformDistribution", "attributes": {"low": 0, "high": 1}}""")));
}
