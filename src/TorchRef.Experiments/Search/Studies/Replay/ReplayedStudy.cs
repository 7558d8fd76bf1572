using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Replay;

/// <summary>A study while the log is replayed.</summary>
internal sealed class ReplayedStudy(long id, CreateStudy from)
{
    private readonly OrderedDictionary<string, PyJson> _userAttributes = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, PyJson> _systemAttributes = new(StringComparer.Ordinal);
    private readonly List<ReplayedTrial> _trials = [];
    private readonly Dictionary<string, (int Number, Distribution Distribution)> _firstDistributions = new(StringComparer.Ordinal);
    private StudyRecord? _snapshot;
    private TrialRecord[]? _trialSnapshots;

    public long Id => id;

    public string Name => from.Name;

    public IReadOnlyList<ReplayedTrial> Trials => _trials;

    public IReadOnlyList<StudyDirection> Directions => from.Directions;

    /// <summary>Whether a trial may have the parameter: compared with the first trial, by number, that has one of that name.</summary>
    public bool Takes(string name, Distribution distribution) =>
        !_firstDistributions.TryGetValue(name, out (int, Distribution Distribution) first) || first.Distribution.IsCompatibleWith(distribution);

    /// <summary>The distribution that others of the name are compared with.</summary>
    public Distribution? FirstDistribution(string name) => _firstDistributions.TryGetValue(name, out (int, Distribution Distribution) first) ? first.Distribution : null;

    public void Remember(string name, int number, Distribution distribution)
    {
        if (!_firstDistributions.TryGetValue(name, out (int Number, Distribution) first) || number <= first.Number) _firstDistributions[name] = (number, distribution);
    }

    public void Add(long trialId, CreateTrial trial, out ReplayedTrial added)
    {
        added = new(trialId, this, _trials.Count, trial);
        foreach ((string name, TrialParam param) in added.Params) Remember(name, _trials.Count, param.Distribution);
        _trials.Add(added);
        Changed();
    }

    public void Apply(SetStudyAttribute attribute)
    {
        (attribute.Kind == AttributeKind.User ? _userAttributes : _systemAttributes)[attribute.Key] = attribute.Value;
        _snapshot = null;
    }

    /// <summary>A trial isn't what it was.</summary>
    public void Changed() => _trialSnapshots = null;

    public StudyRecord Snapshot() => _snapshot ??= new(
        id,
        from.Name,
        from.Directions,
        new OrderedDictionary<string, PyJson>(_userAttributes, StringComparer.Ordinal),
        new OrderedDictionary<string, PyJson>(_systemAttributes, StringComparer.Ordinal));

    public IReadOnlyList<TrialRecord> TrialSnapshots() => _trialSnapshots ??= [.. _trials.Select(trial => trial.Snapshot())];
}
