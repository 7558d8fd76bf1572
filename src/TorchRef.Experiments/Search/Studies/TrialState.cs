namespace TorchRef.Experiments.Search.Studies;

/// <summary>Where a trial stands; the numbers are Optuna's.</summary>
public enum TrialState
{
    /// <summary>A worker is at it.</summary>
    Running = 0,

    /// <summary>Finished with a result.</summary>
    Complete = 1,

    /// <summary>Stopped early by a pruner; its value, where it has one, is the last one reported.</summary>
    Pruned = 2,

    /// <summary>Finished without a result.</summary>
    Fail = 3,

    /// <summary>Queued: the next worker that asks takes it.</summary>
    Waiting = 4,
}
