using System.Text.Json;
using TorchRef.Cli.Tests.Support;
using TorchRef.Cli.Verification;
using TorchRef.Experiments.Catalog;

namespace TorchRef.Cli.Tests.Commands;

/// <summary><c>torchref run</c> as a user meets it.</summary>
public sealed class RunCommandTests
{
    [Fact]
    public void Without_a_name_it_lists_what_there_is()
    {
        var outcome = Shell.Run("run");

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.All(ExperimentCatalog.All, experiment => Assert.Matches($"(?m)^{experiment.Name} +{System.Text.RegularExpressions.Regex.Escape(experiment.Description)}", outcome.Output));
    }

    [Fact]
    public void It_prints_table_curve_and_verdicts_and_leaves_the_files()
    {
        using var folder = new TemporaryFolder();

        var outcome = Shell.Run("run", "sigmoid-linearity", "--out", folder.Path);

        Assert.Equal(ExitCode.Agrees, outcome.Code);
        Assert.Empty(outcome.Errors);
        Assert.Matches(@"(?m)^ +3 +0 +0\.878 +12\.2 % *$", outcome.Output);
        Assert.Contains("holds: over N(0, 1) the sigmoid is nearly a straight line (R² = 0.984)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("└─", outcome.Output, StringComparison.Ordinal);
        Assert.Equal([".lock", "fits.svg", "map.svg", "report.html", "results.json", "state.bin"], Directory.GetFiles(folder.At("sigmoid-linearity")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.At("sigmoid-linearity"), "results.json")));
        Assert.True(json.RootElement.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public void A_second_run_says_that_it_was_done_before()
    {
        using var folder = new TemporaryFolder();
        Shell.Run("run", "sigmoid-linearity", "--out", folder.Path);

        Assert.Contains("was done before; report.html", Shell.Run("run", "sigmoid-linearity", "--out", folder.Path).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("was done before", Shell.Run("run", "sigmoid-linearity", "--out", folder.Path, "--fresh").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_it_exits_with_130_and_leaves_a_partial_result()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        var outcome = Shell.Run(Candidates.Own, ["run", "dead-relu", "--out", folder.Path], stop.Token);

        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Contains("interrupted after 0 of 5 parts; the same command goes on from there", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("this run was stopped: 0 of 5 parts are done", File.ReadAllText(Path.Combine(folder.At("dead-relu"), "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_change_nothing_are_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("note: sigmoid-linearity doesn't depend on --seeds or --epochs", Shell.Run("run", "sigmoid-linearity", "--seeds", "3", "--epochs", "2", "--out", folder.Path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_seeds_is_the_number_of_runs()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(ExitCode.Agrees, Shell.Run("run", "dead-relu", "--seeds", "2", "--seed", "40", "--out", folder.Path).Code);

        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.At("dead-relu"), "results.json")));
        Assert.Equal([40, 41], json.RootElement.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
    }

    [Theory]
    [InlineData("there must be an experiment of this name: expected bn-init, .+ or all but got 'nothing'", "nothing")]
    [InlineData("--seeds must be a number of runs: expected at least 1 but got 0", "optimizers", "--seeds", "0")]
    [InlineData("--save-every must be a number of seconds: expected 0 to 86400 but got -1", "optimizers", "--save-every", "-1")]
    [InlineData("--save-every must be a number of seconds: expected 0 to 86400 but got NaN", "optimizers", "--save-every", "NaN")]
    [InlineData("--epochs must be a number of epochs: expected at least 1 but got -1", "optimizers", "--epochs", "-1")]
    [InlineData("--out must name a folder: expected a folder but got ''", "optimizers", "--out", "")]
    [InlineData("--data must name a folder: expected a folder with the four MNIST files but got ''", "optimizers", "--data", "")]
    [InlineData("MNIST is loaded from a folder. Expected .+ but got nothing at this path .+", "optimizers", "--data", "/no/such/folder")]
    [InlineData("--device must name a device that commands run on: .+", "optimizers", "--device", "abacus")]
    public void What_can_not_be_is_one_line(string message, params string[] arguments)
    {
        var outcome = Shell.Run(["run", .. arguments]);

        Assert.Equal(ExitCode.BadUsage, outcome.Code);
        Assert.Matches($"^torchref: {message}$", Assert.Single(outcome.ErrorLines));
    }
}
