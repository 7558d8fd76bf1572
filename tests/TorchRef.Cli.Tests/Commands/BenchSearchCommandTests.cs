using TorchRef.Cli.Bench;
using TorchRef.Cli.Tests.Support;
using TorchRef.Experiments.Search;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Cli.Tests.Commands;

public sealed class BenchSearchCommandTests
{
    [Fact]
    public void No_rounds_are_refused()
    {
        var run = Shell.Run("bench", "search", "--rounds", "0");
        Assert.Equal(ExitCode.BadUsage, run.Code);
        Assert.Contains("--rounds must be at least 1, but got 0", run.Errors);
    }

    [Fact]
    public void Ratios_are_of_the_best_and_of_the_median_rounds_and_slow_ones_are_seen()
    {
        var result = Result([0.9, 0.5]) with { Together = [2, 1, 4], OneByOne = [9, 3, 6], OnEachCore = [4, 2, 8], Products = [1, 0.8, 2] };
        Assert.Equal((3, 3), result.Speedup);
        Assert.Equal((2, 2), result.SpeedupOverCores);
        Assert.Equal((1.25, 2), result.OverProducts);
        Assert.True(result.IsFast);
        Assert.False((result with { OneByOne = [1.4] }).IsFast);
        Assert.False((result with { Products = [0.6] }).IsFast);
        Assert.True((result with { OneByOne = [], OnEachCore = [], Products = [] }).IsFast);
    }

    [Fact]
    public void Poor_accuracy_and_rates_elsewhere_are_seen()
    {
        Assert.True(Result([0.86, 0.7]).IsFound);
        Assert.False(Result([0.84, 0.7]).IsFound);
        Assert.False(Result([0.86, 0.7], rate: 1e-3).IsFound);
    }

    private static SearchBenchResult Result(double[] accuracies, double rate = 5e-3) => new([1], [], [], [], Threads: 2, Found(accuracies, rate));

    private static SearchResult Found(double[] accuracies, double rate)
    {
        var settings = new SearchSettings();
        TrialRecord[] trials = [.. accuracies.Select((accuracy, number) => new TrialRecord
        {
            Id = number, StudyId = 0, Number = number, State = TrialState.Complete, Values = [accuracy],
            Params = new Dictionary<string, TrialParam> { ["lr"] = new(settings.Space.LearningRate.Distribution!, rate) },
        })];
        return new(settings, "no data", trials, (IReadOnlyList<SearchSpace>)[settings.Space], [], trials[0], null);
    }
}
