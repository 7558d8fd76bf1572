using TorchRef.Experiments.Search.Importance;

namespace TorchRef.Experiments.Tests.Search;

public sealed class ImportanceTests
{
    [Fact]
    public void What_the_result_follows_from_matters_and_noise_does_not()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())], noise = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())];
        // Falls and rises: no correlation of ranks would see it.
        var measured = ImportanceTest.Measure(new Dictionary<string, double[]> { ["x"] = x, ["noise"] = noise }, [.. x.Select(value => (value - 0.5) * (value - 0.5))]);
        Assert.Equal("x", measured[0].Name);
        Assert.True(measured[0] is { Matters: true, Share: > 0.7 }, measured[0].Words);
        Assert.False(measured[1].Matters, measured[1].Words);
    }

    [Fact]
    public void Results_that_are_all_the_same_are_explained_by_nothing()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        Assert.False(Assert.Single(ImportanceTest.Measure(new Dictionary<string, double[]> { ["x"] = x }, new double[40])).Matters);
    }
}
