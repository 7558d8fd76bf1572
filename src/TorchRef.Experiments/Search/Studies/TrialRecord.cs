using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>A trial as it stood when the storage was read; it never changes.</summary>
public sealed record TrialRecord
{
    /// <summary>Unique in the storage, over all its studies.</summary>
    public required long Id { get; init; }

    /// <summary>The study that it belongs to.</summary>
    public required long StudyId { get; init; }

    /// <summary>0, 1, 2, … within the study.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialState State { get; init; }

    /// <summary>UTC; null until somebody works on it.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>UTC; null until it is finished.</summary>
    public DateTimeOffset? Complete { get; init; }

    /// <summary>By name, in the order in which they were set.</summary>
    public IReadOnlyDictionary<string, TrialParam> Params { get; init; } = Empty<TrialParam>.Dictionary;

    /// <summary>One for each direction of the study; null without a result.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>Reported while it ran, by step, in ascending order.</summary>
    public IReadOnlyDictionary<long, double> IntermediateValues { get; init; } = new SortedList<long, double>();

    /// <summary>The application's.</summary>
    public IReadOnlyDictionary<string, PyJson> UserAttributes { get; init; } = Empty<PyJson>.Dictionary;

    /// <summary>Optuna's; those that nobody here knows are kept.</summary>
    public IReadOnlyDictionary<string, PyJson> SystemAttributes { get; init; } = Empty<PyJson>.Dictionary;

    /// <summary>Who made it run, as far as the storage knows: <see cref="IStudyStorage.Worker"/> of that storage, or whatever name another program has.</summary>
    public string? Worker { get; init; }

    /// <summary>The only value; null without a result, or with several.</summary>
    public double? Value => Values is [var value] ? value : null;

    /// <summary>The external values that whoever queued it has laid down, by name; parameters that are missing here and in <see cref="Params"/> are free.</summary>
    public IReadOnlyDictionary<string, PyJson> FixedParams =>
        SystemAttributes.TryGetValue(SystemAttribute.FixedParams, out PyJson? named) && named.Dict is { } dict ? dict : Empty<PyJson>.Dictionary;

    private static class Empty<T>
    {
        public static readonly IReadOnlyDictionary<string, T> Dictionary = new Dictionary<string, T>();
    }
}
