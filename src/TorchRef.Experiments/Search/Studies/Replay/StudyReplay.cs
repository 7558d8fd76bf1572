namespace TorchRef.Experiments.Search.Studies.Replay;

/// <summary>The studies and trials that a log of operations amounts to; every reader of a log comes to the same.</summary>
internal sealed class StudyReplay
{
    private readonly SortedDictionary<long, ReplayedStudy> _studies = [];
    private readonly List<ReplayedTrial> _trials = [];
    private long _studiesMade;

    public IEnumerable<ReplayedStudy> Studies => _studies.Values;

    public ReplayedStudy? Study(long id) => _studies.GetValueOrDefault(id);

    public ReplayedStudy? Study(string name) => _studies.Values.FirstOrDefault(study => study.Name == name);

    /// <summary>The trial, also one of a deleted study.</summary>
    public ReplayedTrial? Trial(long id) => id >= 0 && id < _trials.Count ? _trials[(int)id] : null;

    public Applied Apply(Operation operation)
    {
        switch (operation)
        {
            case CreateStudy create:
                if (Study(create.Name) is not null) return default;
                _studies.Add(_studiesMade, new(_studiesMade, create));
                return new(true, _studiesMade++);
            case DeleteStudy delete:
                return new(_studies.Remove(delete.StudyId));
            case SetStudyAttribute attribute:
                if (Study(attribute.StudyId) is not { } owner) return default;
                owner.Apply(attribute);
                return new(true);
            case CreateTrial create:
                if (Study(create.StudyId) is not { } study) return default;
                study.Add(_trials.Count, create, out ReplayedTrial added);
                _trials.Add(added);
                return new(true, added.Id);
            case ChangeTrial change:
                if (Trial(change.TrialId) is not { } trial || !MayApply(change, trial)) return default;
                trial.Apply(change);
                return new(true);
            default:
                throw new ArgumentException($"Expected an operation that a log can hold but got {operation.GetType().Name}");
        }
    }

    private static bool MayApply(ChangeTrial change, ReplayedTrial trial) => !trial.State.IsFinished() && change switch
    {
        SetTrialState state => state.State != TrialState.Running || trial.State != TrialState.Running,
        SetTrialParam param => trial.Study.Takes(param.Name, param.Param.Distribution),
        _ => true,
    };
}
