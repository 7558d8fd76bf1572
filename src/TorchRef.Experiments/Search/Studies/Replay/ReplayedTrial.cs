using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Replay;

/// <summary>A trial while the log is replayed; what others get are snapshots of it.</summary>
internal sealed class ReplayedTrial
{
    private readonly OrderedDictionary<string, TrialParam> _params = new(StringComparer.Ordinal);
    private readonly SortedList<long, double> _intermediateValues = [];
    private readonly OrderedDictionary<string, PyJson> _userAttributes = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, PyJson> _systemAttributes = new(StringComparer.Ordinal);
    private readonly int _number;
    private IReadOnlyList<double>? _values;
    private DateTimeOffset? _start;
    private DateTimeOffset? _complete;
    private TrialRecord? _snapshot;

    public ReplayedTrial(long id, ReplayedStudy study, int number, CreateTrial from)
    {
        (Id, Study, _number) = (id, study, number);
        (State, _start, _complete, _values) = (from.State, from.Start, from.Complete, from.Values);
        foreach ((string name, TrialParam param) in from.Params) _params[name] = param;
        foreach ((long step, double value) in from.IntermediateValues) _intermediateValues[step] = value;
        foreach ((string key, PyJson value) in from.UserAttributes) _userAttributes[key] = value;
        foreach ((string key, PyJson value) in from.SystemAttributes) _systemAttributes[key] = value;
        if (State == TrialState.Running) Worker = from.Worker;
    }

    public long Id { get; }

    public ReplayedStudy Study { get; }

    public TrialState State { get; private set; }

    /// <summary>Who wrote the operation that made it run.</summary>
    public string? Worker { get; private set; }

    public IEnumerable<KeyValuePair<string, TrialParam>> Params => _params;

    public void Apply(ChangeTrial change)
    {
        _snapshot = null;
        Study.Changed();
        switch (change)
        {
            case SetTrialParam param:
                _params[param.Name] = param.Param;
                Study.Remember(param.Name, _number, param.Param.Distribution);
                break;
            case SetTrialState state:
                State = state.State;
                _values = state.Values ?? _values;
                if (State == TrialState.Running) (_start, Worker) = (state.Date, state.Worker);
                else if (State.IsFinished()) _complete = state.Date;
                break;
            case SetIntermediateValue value: _intermediateValues[value.Step] = value.Value; break;
            case SetTrialAttribute { Kind: AttributeKind.User } attribute: _userAttributes[attribute.Key] = attribute.Value; break;
            case SetTrialAttribute attribute: _systemAttributes[attribute.Key] = attribute.Value; break;
        }
    }

    public TrialRecord Snapshot() => _snapshot ??= new()
    {
        Id = Id,
        StudyId = Study.Id,
        Number = _number,
        State = State,
        Start = _start,
        Complete = _complete,
        Params = new OrderedDictionary<string, TrialParam>(_params, StringComparer.Ordinal),
        Values = _values,
        IntermediateValues = new SortedList<long, double>(_intermediateValues),
        UserAttributes = new OrderedDictionary<string, PyJson>(_userAttributes, StringComparer.Ordinal),
        SystemAttributes = new OrderedDictionary<string, PyJson>(_systemAttributes, StringComparer.Ordinal),
        Worker = Worker,
    };
}
