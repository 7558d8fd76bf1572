using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Replay;

/// <summary>An entry of the log that a storage is the replay of. The order of the log decides what each one does.</summary>
/// <param name="Worker">Who wrote it.</param>
internal abstract record Operation(string Worker);

/// <summary>A study; no effect when the name is taken.</summary>
internal sealed record CreateStudy(string Worker, string Name, IReadOnlyList<StudyDirection> Directions) : Operation(Worker);

/// <summary>A study goes, and its name is free again; its number and its trials' ids aren't.</summary>
internal sealed record DeleteStudy(string Worker, long StudyId) : Operation(Worker);

internal sealed record SetStudyAttribute(string Worker, long StudyId, AttributeKind Kind, string Key, PyJson Value) : Operation(Worker);

/// <summary>A trial, in whatever state, with all that it has from the beginning.</summary>
internal sealed record CreateTrial(string Worker, long StudyId) : Operation(Worker)
{
    public TrialState State { get; init; } = TrialState.Running;

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? Complete { get; init; }

    public IReadOnlyList<KeyValuePair<string, TrialParam>> Params { get; init; } = [];

    public IReadOnlyList<double>? Values { get; init; }

    public IReadOnlyList<KeyValuePair<long, double>> IntermediateValues { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, PyJson>> UserAttributes { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, PyJson>> SystemAttributes { get; init; } = [];
}

/// <summary>A change of a trial; no effect when the trial is finished or isn't there.</summary>
internal abstract record ChangeTrial(string Worker, long TrialId) : Operation(Worker);

/// <summary>No effect either when the study has the name with an incompatible distribution.</summary>
internal sealed record SetTrialParam(string Worker, long TrialId, string Name, TrialParam Param) : ChangeTrial(Worker, TrialId);

/// <summary>No effect either when a running trial is to run: the first claim wins.</summary>
/// <param name="Worker">Who wrote it.</param>
/// <param name="TrialId">The trial.</param>
/// <param name="State">The new state.</param>
/// <param name="Values">They replace the trial's unless null.</param>
/// <param name="Date">The start when it runs now, the end when it is finished now.</param>
internal sealed record SetTrialState(string Worker, long TrialId, TrialState State, IReadOnlyList<double>? Values, DateTimeOffset? Date) : ChangeTrial(Worker, TrialId);

internal sealed record SetIntermediateValue(string Worker, long TrialId, long Step, double Value) : ChangeTrial(Worker, TrialId);

internal sealed record SetTrialAttribute(string Worker, long TrialId, AttributeKind Kind, string Key, PyJson Value) : ChangeTrial(Worker, TrialId);
