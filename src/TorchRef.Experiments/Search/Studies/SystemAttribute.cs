namespace TorchRef.Experiments.Search.Studies;

/// <summary>Names of system attributes that have a meaning in Optuna.</summary>
public static class SystemAttribute
{
    /// <summary>Of a queued trial: a dict of external values by name.</summary>
    public const string FixedParams = "fixed_params";

    /// <summary>Of a trial that repeats one whose worker died: the number of the first of them.</summary>
    public const string FailedTrial = "failed_trial";

    /// <summary>Of such a trial: the numbers of all of them, in order.</summary>
    public const string RetryHistory = "retry_history";

    /// <summary>Of a study: a list with a name for each objective.</summary>
    public const string MetricNames = "study:metric_names";
}
