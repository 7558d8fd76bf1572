using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Replay;

/// <summary>The trial that repeats one whose worker died, made as Optuna's own callback for this makes it.</summary>
internal static class Retry
{
    /// <summary>The numbers of the trials that this one repeats, in order; none for a trial that repeats nothing.</summary>
    public static IReadOnlyList<long> History(TrialRecord trial) =>
        trial.SystemAttributes.TryGetValue(SystemAttribute.RetryHistory, out PyJson? history) && history.List is { } list ? [.. list.Select(number => number.Integer ?? -1)] : [];

    public static bool IsOf(TrialRecord trial, TrialRecord failed) => History(trial) is [.., var last] && last == failed.Number;

    /// <summary>The same parameters and attributes, waiting; without the values it reported.</summary>
    public static CreateTrial Of(TrialRecord failed, string worker) => new(worker, failed.StudyId)
    {
        State = TrialState.Waiting,
        Params = [.. failed.Params],
        UserAttributes = [.. failed.UserAttributes],
        SystemAttributes = SystemAttributes(failed),
    };

    /// <summary>Those of the failed trial, with its number at the end of the history and the first number of the history kept.</summary>
    public static IReadOnlyList<KeyValuePair<string, PyJson>> SystemAttributes(TrialRecord failed)
    {
        var attributes = new OrderedDictionary<string, PyJson>(failed.SystemAttributes, StringComparer.Ordinal);
        attributes.TryAdd(SystemAttribute.FailedTrial, failed.Number);
        attributes[SystemAttribute.RetryHistory] = PyJson.ListOf([.. History(failed).Select(number => PyJson.Of(number)), PyJson.Of((long)failed.Number)]);
        return [.. attributes];
    }
}
