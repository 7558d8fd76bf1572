using TorchRef.Cli.Bench;
using TorchRef.Cli.Tests.Support;

namespace TorchRef.Cli.Tests.Commands;

public sealed class BenchExperimentsCommandTests
{
    [Fact]
    public void No_rounds_are_refused()
    {
        var run = Shell.Run("bench", "experiments", "--rounds", "0");
        Assert.Equal(ExitCode.BadUsage, run.Code);
        Assert.Contains("--rounds must be at least 1, but got 0", run.Errors);
    }

    [Fact]
    public void Ratios_are_of_the_best_and_of_the_median_rounds()
    {
        var result = new ExperimentsResult([2, 1, 4], [9, 3, 6], [1, 0.5, 2], Threads: 2);
        Assert.Equal((3, 3), result.Speedup);
        Assert.Equal((2, 2), result.OverProducts);
        Assert.Null((result with { OneByOne = [] }).Speedup);
    }
}
