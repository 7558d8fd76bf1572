using TorchRef.Cli.Tests.Support;
using TorchRef.Cli.Verification;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Cli.Tests.Commands;

public sealed class SearchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SearchCommandTests() => _folder.WriteMnist(60);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--lr", "1e-2:1e-6:log")]
    [InlineData("--lr", "fast")]
    [InlineData("--decay", "0:1:log")]
    [InlineData("--hidden", "0")]
    [InlineData("--layers", "1.5")]
    [InlineData("--pruner", "mean")]
    [InlineData("--trials", "0")]
    [InlineData("--rounds", "99")]
    [InlineData("--images", "61")]
    [InlineData("--device", "tpu")]
    [InlineData("--study", "")]
    [InlineData("--study", "/no/such/folder/study.log")]
    public void What_can_not_be_searched_is_refused_in_one_line(string option, string value)
    {
        var run = Shell.Run([.. Small(6).Where((_, i) => Small(6)[Math.Max(0, i - 1)] != option && Small(6)[i] != option), option, value]);
        Assert.Equal(ExitCode.BadUsage, run.Code);
        Assert.Contains("expected", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Fact]
    public void A_search_shows_the_best_and_what_mattered_and_looks_at_the_test_set_once()
    {
        var first = Shell.Run(Small(9));
        Assert.Equal(ExitCode.Agrees, first.Code);
        Assert.Contains("9 of 9 trials", first.Output, StringComparison.Ordinal);
        Assert.Contains("lr", first.Output, StringComparison.Ordinal);
        var winner = Assert.Single(first.Output.Split('\n'), line => line.Contains("measured after the search for the winner alone", StringComparison.Ordinal));
        foreach (var file in new[] { "report.html", "results.json", "best.svg", "accuracy-lr.svg", "importance.svg" }) Assert.True(File.Exists(Path.Combine(_folder.At("out"), file)), file);

        var journal = File.ReadAllText(_folder.At("study.log"));
        var again = Shell.Run(Small(9));
        Assert.Contains(winner, again.Output, StringComparison.Ordinal);
        Assert.Equal(Written(journal), Written(File.ReadAllText(_folder.At("study.log"))));
        Assert.DoesNotContain("look 2", again.Output, StringComparison.Ordinal);

        static int Written(string text) => text.Split('\n').Count(line => line.Contains("torchref:tests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_C_leaves_the_study_sound_and_says_how_to_go_on()
    {
        using var stop = new CancellationTokenSource();
        var searching = Task.Run(() => Shell.Run(Candidates.Own, Small(5000), stop.Token));
        while (!searching.IsCompleted && !Complete()) await Task.Delay(5);
        await stop.CancelAsync();
        var run = await searching;
        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Contains("the same command goes on", run.Output, StringComparison.Ordinal);
        using var storage = StudyStorage.Open(_folder.At("study.log"));
        var trials = storage.Trials(storage.Studies()[0].Id);
        Assert.DoesNotContain(trials, trial => trial.State == TrialState.Running);
        Assert.Equal(trials.Count(trial => trial.State == TrialState.Fail), trials.Count(trial => trial.State == TrialState.Waiting));

        // A finished trial is written as a change of its state.
        bool Complete() => File.Exists(_folder.At("study.log")) && File.ReadAllText(_folder.At("study.log")).Contains("\"values\"", StringComparison.Ordinal);
    }

    private string[] Small(int trials) => ["search", .. SearchArguments.Small(_folder, trials)];
}
