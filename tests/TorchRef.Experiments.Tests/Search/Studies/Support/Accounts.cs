using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.Replay;

namespace TorchRef.Experiments.Tests.Search.Studies.Support;

/// <summary>The reckoning after processes have been killed.</summary>
internal static class Accounts
{
    /// <summary>Every trial is there once: numbered without a gap, complete with what it reported, or failed and repeated by one other with the same parameters.</summary>
    /// <returns>How many were repeated.</returns>
    public static int Check(IReadOnlyList<TrialRecord> trials, int complete, int epochs)
    {
        Assert.Equal(Enumerable.Range(0, trials.Count), trials.Select(trial => trial.Number));
        Assert.Equal(trials.Count, trials.Select(trial => trial.Id).Distinct().Count());
        Assert.Equal(complete, trials.Count(trial => trial.State == TrialState.Complete));
        foreach (TrialRecord trial in trials)
        {
            TrialRecord[] repeats = [.. trials.Where(other => Retry.IsOf(other, trial))];
            if (trial.State == TrialState.Complete)
            {
                Assert.Empty(repeats);
                Assert.Equal(epochs, trial.IntermediateValues.Count);
                Assert.Equal(Math.Log10(trial.Params["lr"].Internal), trial.Value);
                continue;
            }

            Assert.Equal(TrialState.Fail, trial.State);
            Assert.Equal(trial.Params["lr"], Assert.Single(repeats).Params["lr"]);
        }

        return trials.Count - complete;
    }
}
