namespace TorchRef.Experiments.Search.Studies;

/// <summary>What follows from a state.</summary>
public static class TrialStates
{
    /// <summary>Whether nothing can change any more: complete, pruned or failed.</summary>
    public static bool IsFinished(this TrialState state) => state is TrialState.Complete or TrialState.Pruned or TrialState.Fail;

    /// <summary>As Optuna and its database spell it: RUNNING, COMPLETE, PRUNED, FAIL, WAITING.</summary>
    public static string Name(this TrialState state) => state.ToString().ToUpperInvariant();
}
