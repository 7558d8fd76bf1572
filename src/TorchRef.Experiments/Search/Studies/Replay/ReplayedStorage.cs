using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Replay;

/// <summary>A storage that is the replay of a log: what each method writes, and what came of it by the order of the log.</summary>
internal abstract class ReplayedStorage(TimeProvider clock) : IStudyStorage
{
    public abstract string Location { get; }

    public abstract string Worker { get; }

    protected TimeProvider Clock => clock;

    public IReadOnlyList<StudyRecord> Studies() => Read(log => (IReadOnlyList<StudyRecord>)[.. log.Studies.Select(study => study.Snapshot())]);

    public IReadOnlyList<TrialRecord> Trials(long studyId) => Read(log => Required(log, studyId).TrialSnapshots());

    public StudyRecord OpenStudy(string name, params IReadOnlyList<StudyDirection> directions)
    {
        StudyChecks.New(name, directions);
        Commit(log => log.Study(name) is null ? [new CreateStudy(Worker, name, [.. directions])] : []);
        StudyRecord study = Read(log => log.Study(name)?.Snapshot()) ?? throw new StudyStorageException($"The study {name} was deleted in {Location} just now: expected it to stay");
        StudyChecks.Directions(study, directions, Location);
        return study;
    }

    public void SetStudyAttribute(long studyId, AttributeKind kind, string key, PyJson value) => Commit(log =>
    {
        Required(log, studyId);
        return [new SetStudyAttribute(Worker, studyId, kind, key, value)];
    });

    public IReadOnlyList<TrialRecord> Create(long studyId, params IReadOnlyList<NewTrial> trials) => Create(studyId, _ => trials);

    public IReadOnlyList<TrialRecord> Create(long studyId, Func<IReadOnlyList<TrialRecord>, IReadOnlyList<NewTrial>> decide)
    {
        IReadOnlyList<Applied> made = Commit(log =>
        {
            ReplayedStudy study = Required(log, studyId);
            IReadOnlyList<NewTrial> trials = decide(study.TrialSnapshots());
            var distributions = new StudyDistributions(study.FirstDistribution);
            foreach ((string name, TrialParam param) in trials.SelectMany(trial => trial.Params)) StudyChecks.Param(name, param.Distribution, distributions);

            return [.. trials.Select(trial => Written(studyId, trial))];
        });
        return Snapshots(made.Select(trial => trial.Id));
    }

    public IReadOnlyList<TrialRecord> Claim(params IReadOnlyList<long> trialIds)
    {
        long[] waiting = [];
        IReadOnlyList<Applied> claims = Commit(log =>
        {
            waiting = [.. trialIds.Where(id => Required(log, id, trialIds).State == TrialState.Waiting).Distinct()];
            return [.. waiting.Select(id => new SetTrialState(Worker, id, TrialState.Running, null, clock.GetUtcNow()))];
        });
        return Snapshots(waiting.Zip(claims).Where(claim => claim.Second.Effect).Select(claim => claim.First));
    }

    public IReadOnlyList<long> Write(params IReadOnlyList<TrialChange> changes)
    {
        var lost = new List<long>();
        List<TrialChange> written = [];
        IReadOnlyList<Applied> results = Commit(log =>
        {
            long[] ids = [.. changes.Select(change => change.TrialId)];
            var distributions = new Dictionary<long, StudyDistributions>();
            lost.Clear();
            written.Clear();
            foreach (TrialChange change in changes)
            {
                ReplayedTrial trial = Required(log, change.TrialId, ids);
                if (!distributions.TryGetValue(trial.Study.Id, out StudyDistributions? known)) distributions[trial.Study.Id] = known = new(trial.Study.FirstDistribution);
                StudyChecks.Change(change, trial.Study.Directions.Count, known);
                if (trial.State.IsFinished()) lost.Add(change.TrialId);
                else written.Add(change);
            }

            return [.. written.Select(Written)];
        });
        lost.AddRange(written.Zip(results).Where(pair => !pair.Second.Effect).Select(pair => pair.First.TrialId));
        return [.. lost.Distinct()];
    }

    public abstract WorkerSign SignOf(TrialRecord trial);

    public virtual TrialRecord? Abandon(TrialRecord trial, bool again)
    {
        bool queued = false;
        IReadOnlyList<Applied> results = Commit(log =>
        {
            queued = false;
            if (log.Trial(trial.Id) is not { State: TrialState.Running } current || current.Worker != trial.Worker) return [];
            queued = again && !current.Study.TrialSnapshots().Any(other => Retry.IsOf(other, trial));
            var failed = new SetTrialState(Worker, trial.Id, TrialState.Fail, null, clock.GetUtcNow());
            // The copy comes first: should only half of this reach the storage, the trial still runs and is found again, and the copy with it.
            return queued ? [Retry.Of(current.Snapshot(), Worker), failed] : [failed];
        });
        if (!queued) return null;
        if (results[1].Effect) return Read(log => log.Trial(results[0].Id)!.Snapshot());
        // Somebody else was faster, though this worker held the lock: it was taken from us in between, after a pause of half a minute.
        Commit(log => log.Trial(results[0].Id) is { State: TrialState.Waiting } ? [new SetTrialState(Worker, results[0].Id, TrialState.Fail, null, clock.GetUtcNow())] : []);
        return null;
    }

    public abstract void Dispose();

    /// <summary>Runs with the whole log replayed.</summary>
    protected abstract T Read<T>(Func<StudyReplay, T> read);

    /// <summary>Decides with the whole log replayed, and appends what it decides on. The decision may be asked for again, when the log has grown since.</summary>
    /// <returns>What became of each operation.</returns>
    protected abstract IReadOnlyList<Applied> Commit(Func<StudyReplay, IReadOnlyList<Operation>> decide);

    private ReplayedStudy Required(StudyReplay log, long studyId) =>
        log.Study(studyId) ?? throw new StudyStorageException($"The study must be in {Location}: expected one with the id {studyId} but there is none");

    private ReplayedTrial Required(StudyReplay log, long trialId, IReadOnlyList<long> among) =>
        log.Trial(trialId) ?? throw new StudyStorageException($"The trials must be in {Location}: expected {string.Join(", ", among.Distinct())} but there is no {trialId}");

    private IReadOnlyList<TrialRecord> Snapshots(IEnumerable<long> trialIds) => Read(log => (IReadOnlyList<TrialRecord>)[.. trialIds.Select(id => log.Trial(id)!.Snapshot())]);

    private CreateTrial Written(long studyId, NewTrial trial) => new(Worker, studyId)
    {
        State = trial.State,
        Start = trial.State == TrialState.Running ? clock.GetUtcNow() : null,
        Params = trial.Params,
        UserAttributes = trial.UserAttributes,
        SystemAttributes = trial.SystemAttributes,
    };

    private Operation Written(TrialChange change) => change switch
    {
        TrialChange.SetParam param => new SetTrialParam(Worker, param.TrialId, param.Name, param.Value),
        TrialChange.ReportValue report => new SetIntermediateValue(Worker, report.TrialId, report.Step, report.Value),
        TrialChange.SetAttribute attribute => new SetTrialAttribute(Worker, attribute.TrialId, attribute.Kind, attribute.Key, attribute.Value),
        TrialChange.Finish finish => new SetTrialState(Worker, finish.TrialId, finish.State, finish.Values, clock.GetUtcNow()),
        _ => throw new ArgumentException($"Expected a change that a trial can have but got {change.GetType().Name}"),
    };
}
