using System.Diagnostics;
using TorchRef.Cli.Tests.Support;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Cli.Tests.Running;

/// <summary>Searches in processes of their own, some of which are killed, as by SIGKILL, at work.</summary>
public sealed class SearchKillTests : IDisposable
{
    private const int Goal = 40;
    private readonly TemporaryFolder _folder = new();

    public SearchKillTests() => _folder.WriteMnist(60);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_finished_trial_is_lost_or_repeated_when_searches_are_killed()
    {
        var kills = 0;
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            using var child = Start();
            while (!child.HasExited && !(Trials() is var now && now.Count(trial => trial.State == TrialState.Complete) >= 4 * attempt && now.Any(trial => trial.State == TrialState.Running))) Thread.Sleep(20);
            child.Kill();
            child.WaitForExit();
            kills++;
        }
        var finished = Trials().Where(trial => trial.State == TrialState.Complete).ToDictionary(trial => trial.Number, trial => trial.Complete);
        Assert.InRange(finished.Count, 1, Goal - 1);

        using Process one = Start(), other = Start();
        one.WaitForExit();
        other.WaitForExit();

        Assert.Equal((ExitCode.Agrees, ExitCode.Agrees), (one.ExitCode, other.ExitCode));
        var all = Trials();
        Assert.Equal(Enumerable.Range(0, all.Count), all.Select(trial => trial.Number));
        var complete = all.Where(trial => trial.State == TrialState.Complete).ToArray();
        Assert.Equal(Goal, complete.Length);
        Assert.All(finished, before => Assert.Equal(before.Value, all[before.Key].Complete));
        Assert.Equal(Goal, complete.Select(trial => trial.Params["lr"].Internal).Distinct().Count());
        Assert.All(all.Where(trial => trial.State != TrialState.Complete), trial => Assert.Equal(TrialState.Fail, trial.State));
        Assert.All(all.Where(trial => trial.State == TrialState.Fail), failed => Assert.Contains(all, trial => trial.Number > failed.Number && trial.Params["lr"].Internal == failed.Params["lr"].Internal));
        Assert.Equal(2, kills);
    }

    private IReadOnlyList<TrialRecord> Trials()
    {
        if (!File.Exists(_folder.At("study.log"))) return [];
        using var storage = StudyStorage.Open(_folder.At("study.log"));
        return storage.Studies() is [var study] ? storage.Trials(study.Id) : [];
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "search", .. SearchArguments.Small(_folder, Goal)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
